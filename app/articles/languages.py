"""The languages of articles: where those stand that are not in the site's, what languages call themselves."""

from flask import has_app_context

from app.core.settings import Settings, settings

_OWN_NAMES = {
    "ar": "العربية",
    "cs": "Čeština",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "fi": "Suomi",
    "fr": "Français",
    "he": "עברית",
    "hu": "Magyar",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nb": "Norsk bokmål",
    "nl": "Nederlands",
    "no": "Norsk",
    "pl": "Polski",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "sk": "Slovenčina",
    "sv": "Svenska",
    "tr": "Türkçe",
    "uk": "Українська",
    "zh": "中文",
}


def site_language() -> str:
    """The language of texts that name none; they stand at the shortest addresses.

    Files can be read without an application; then it is the one that settings begin with.
    """
    return settings().language if has_app_context() else Settings.language


def language_of(said: object) -> str:
    """The language that a text is in which says this about it, or nothing."""
    return str(said or site_language())


def unless_ours(said: object) -> str | None:
    """The language, if a text has to name it: None for the site's own."""
    lang = language_of(said)
    return None if lang == site_language() else lang


def place(slug: str, lang: str) -> str:
    """Where an article stands below `/help/`: each language has an address of its own."""
    return slug if lang == site_language() else f"{lang}/{slug}"


def own_name(lang: str) -> str:
    """What people who speak it call a language: "Deutsch", "Português (BR)"; the code if we do not know."""
    language, _, region = lang.partition("-")
    name = _OWN_NAMES.get(language.lower())
    if name is None:
        return lang
    return f"{name} ({region})" if region else name
