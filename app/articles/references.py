"""What files say about other articles: old addresses, relatives, translations."""

from app.articles.languages import place
from app.articles.surveying import Survey


def check_aliases(survey: Survey) -> None:
    """Refuse aliases that are somebody's address, or another's alias, or lead to themselves (E113)."""
    addresses = {
        place(survey.claims[path].slug, survey.claims[path].lang): path for path in survey.good
    }
    leading: dict[str, str] = {}
    for path in sorted(set(survey.texts) & set(survey.good)):
        fields, id = survey.texts[path][1], survey.claims[path].id
        for alias in fields.aliases:
            elsewhere = survey.records.redirects.get(alias, id)
            if alias == place(fields.slug, fields.lang):
                said = f'The alias "{alias}" is the address of this article itself.'
            elif alias in addresses:
                said = f'The alias "{alias}" is the address of {addresses[alias]}.'
            elif elsewhere != id or alias in leading:
                said = f'The alias "{alias}" leads to {leading.get(alias, elsewhere)} already.'
            else:
                leading[alias] = path
                continue
            survey.refuse(path, "aliases", "E113", said, fix="remove it from the list.")
            break


def check_references(survey: Survey) -> None:
    """Refuse relatives that are not there, and translations of nothing or of the same language (E108)."""
    languages = {each.id: each.lang for each in survey.records.articles.values()}
    languages |= {survey.claims[path].id: survey.claims[path].lang for path in survey.good}
    for path in survey.skipped:
        languages |= dict.fromkeys(survey.ids_at(path), "")
    names = {*languages, *(survey.claims[path].slug for path in survey.claims)}
    names |= {each.slug for each in survey.records.articles.values()}
    for path in sorted(set(survey.texts) & set(survey.good)):
        fields = survey.texts[path][1]
        unknown = [name for name in fields.related if name not in names]
        if unknown:
            said = f'"related" names an article that is not there: {unknown[0]}.'
            survey.refuse(path, "related", "E108", said, fix="use the id or slug of an article.")
        elif fields.translation_of and fields.translation_of not in languages:
            said = f'"translation_of" names an article that is not there: {fields.translation_of}.'
            survey.refuse(path, "translation_of", "E108", said, fix="use the id of an article.")
        elif fields.translation_of and languages[fields.translation_of] == fields.lang:
            said = f'"translation_of" names an article in the same language, {fields.lang}.'
            survey.refuse(path, "translation_of", "E108", said, fix="set another `lang`.")
