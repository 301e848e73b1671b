"""What stays of a reply: the words of its sender, in whatever language the mail program speaks."""

import pytest

from app.mail.parsing.replies.trimming import trimmed

WORDS = "It works again, thank you!\nOne question is left: may we update?"

INTRODUCTIONS = [
    "On Tue, May 5, 2026 at 10:01 AM Ana Kunde <ana@example.com> wrote:",
    "On Tue, May 5, 2026 at 10:01 AM Ana Kunde <ana@example.com>\nwrote:",
    "On May 5, 2026, at 10:01, Ana Kunde <ana@example.com> wrote:",
    "On 05.05.26 10:01, Ana Kunde wrote:",
    "On Tuesday, May 5, 2026, 10:01:12 AM GMT+2, Ana Kunde <ana@example.com> wrote: ",
    'On 5/5/26, 10:01 AM, "Ana Kunde" <ana@example.com> wrote:',
    "Ana Kunde <ana@example.com> wrote on Tue, 5 May 2026 at 10:01:",
    "2026-05-05 10:01 GMT+02:00 Ana Kunde <ana@example.com>:",
    "Am 05.05.2026 um 10:01 schrieb Ana Kunde:",
    "Am Di., 5. Mai 2026 um 10:01 Uhr schrieb Ana Kunde <\nana@example.com>:",
    "Ana Kunde <ana@example.com> schrieb am Di., 5.\nMai 2026 um 10:01 Uhr:",
    'Am 05.05.2026 10:01 schrieb "Ana Kunde" <ana@example.com>:',
    "Ana Kunde <ana@example.com> hat am 05.05.2026 10:01 CEST geschrieben:",
    "Le mar. 5 mai 2026 à 10:01, Ana Kunde <ana@example.com> a écrit :",
    "Le 5 mai 2026 à 10:01, Ana Kunde <ana@example.com> a\nécrit :",
    "Le 05/05/2026 à 10:01, Ana Kunde a écrit\xa0:",
    "El mar, 5 may 2026 a las 10:01, Ana Kunde (<ana@example.com>) escribió:",
    "El 5 may 2026, a las 10:01, Ana Kunde <ana@example.com> escribió:",
    "Il giorno mar 5 mag 2026 alle ore 10:01 Ana Kunde <ana@example.com> ha scritto:",
    "Il 05/05/2026 10:01, Ana Kunde ha scritto:",
    "Em ter., 5 de mai. de 2026 às 10:01, Ana Kunde <ana@example.com> escreveu:",
    "Op di 5 mei 2026 om 10:01 schreef Ana Kunde <ana@example.com>:",
    "Op 5 mei 2026, om 10:01 heeft Ana Kunde <ana@example.com> het volgende geschreven:",
    "Den tis 5 maj 2026 kl 10:01 skrev Ana Kunde <ana@example.com>:",
    "5 maj 2026 kl. 10:01 skrev Ana Kunde <ana@example.com>:",
    "Den tir. 5. maj 2026 kl. 10.01 skrev Ana Kunde <ana@example.com>:",
    "tir. 5. mai 2026 kl. 10:01 skrev Ana Kunde <ana@example.com>:",
    "ti 5. toukokuuta 2026 klo 10.01 Ana Kunde (ana@example.com) kirjoitti:",
    "wt., 5 maj 2026 o 10:01 Ana Kunde <ana@example.com> napisał(a):",
    "W dniu 05.05.2026 o 10:01, Ana Kunde pisze:",
    "Wiadomość napisana przez Ana Kunde <ana@example.com> w dniu 05.05.2026, o godz. 10:01:",
    "út 5. 5. 2026 v 10:01 odesílatel Ana Kunde <ana@example.com> napsal:",
    "Dne 05. 05. 26 v 10:01 Ana Kunde napsal(a):",
    "ut 5. 5. 2026 o 10:01 Ana Kunde <ana@example.com> napísal(a):",
    "вт, 5 мая 2026 г. в 10:01, Ana Kunde <ana@example.com>:",
    "5 мая 2026 г., в 10:01, Ana Kunde <ana@example.com> написал(а):",
    "Вторник, 5 мая 2026, 10:01 +03:00 от Ana Kunde <ana@example.com>:",
    '05.05.2026, 10:01, "Ana Kunde" <ana@example.com>:',
    "вт, 5 трав. 2026 р. о 10:01 Ana Kunde <ana@example.com> пише:",
    "Ana Kunde <ana@example.com>, 5 May 2026 Sal, 10:01 tarihinde şunu yazdı:",
    "2026年5月5日(火) 10:01 Ana Kunde <ana@example.com>:",
    "2026/05/05 10:01、Ana Kunde <ana@example.com>のメール:",
    "Ana Kunde <ana@example.com> 于2026年5月5日周二 10:01写道：",
    "Ana Kunde <ana@example.com> 於 2026年5月5日 週二 上午10:01寫道：",
    "在 2026年5月5日，上午10:01，Ana Kunde <ana@example.com> 写道：",
    "2026년 5월 5일 (화) 오전 10:01, Ana Kunde <ana@example.com>님이 작성:",
    "Ana Kunde <ana@example.com> ezt írta (időpont: 2026. máj. 5., K, 10:01):",
    "Pe mar., 5 mai 2026 la 10:01, Ana Kunde <ana@example.com> a scris:",
    "Στις Τρί 5 Μαΐ 2026 στις 10:01, Ana Kunde <ana@example.com> έγραψε:",
    "V V tor., 5. maj 2026 ob 10:01 je oseba Ana Kunde <ana@example.com> napisala:",
    "Vào Th 3, 5 thg 5, 2026 vào lúc 10:01 Ana Kunde <ana@example.com> đã viết:",
    "‫בתאריך יום ג׳, 5 במאי 2026 ב-10:01 מאת ‪Ana Kunde‬‏ <‪ana@example.com‬‏>:‬",
    "Ana Kunde <ana@example.com> writes:",
    "Quoting Ana Kunde <ana@example.com>:",
    "Zitat von Ana Kunde <ana@example.com>:",
    "* Ana Kunde <ana@example.com> [2026-05-05 10:01]:",
]

MARKS = [
    "-----Original Message-----",
    "-------- Original Message --------",
    "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐",
    "---- On Tue, 05 May 2026 10:01:00 +0200 Ana Kunde <ana@example.com> wrote ----",
    "-----Ursprüngliche Nachricht-----",
    "----- Originalnachricht -----",
    "-------- Message d'origine --------",
    "-----Message d’origine-----",
    "-----Mensaje original-----",
    "-----Messaggio originale-----",
    "-----Mensagem Original-----",
    "-----Oorspronkelijk bericht-----",
    "-----Ursprungligt meddelande-----",
    "-----Opprinnelig melding-----",
    "-----Oprindelig meddelelse-----",
    "-----Alkuperäinen viesti-----",
    "-----Wiadomość oryginalna-----",
    "-----Původní zpráva-----",
    "-----Исходное сообщение-----",
    "-----Orijinal Mesaj-----",
    "------------------ 原始邮件 ------------------",
    "-----원본 메시지-----",
    "---------- Forwarded message ---------",
    "---------- Weitergeleitete Nachricht ---------",
    "Begin forwarded message:",
    "Anfang der weitergeleiteten Nachricht:",
    "##- Please type your reply above this line -##",
    "Write above this line to reply.",
]

BLOCKS = [
    "From: Ana Kunde <ana@example.com>\nSent: Tuesday, May 5, 2026 10:01 AM\nTo: Support\nSubject: Printer",
    "*From:* Ana Kunde <ana@example.com>\n*Date:* Tuesday, May 5, 2026\n*To:* Support\n*Subject:* Printer",
    "________________________________\nFrom: Ana Kunde\nSent: Tuesday\nTo: Support\nCc: Bo\nSubject: Printer",
    "Von: Ana Kunde [mailto:ana@example.com]\nGesendet: Dienstag, 5. Mai 2026\nAn: Support\nBetreff: Drucker",
    "De : Ana Kunde <ana@example.com>\nEnvoyé : mardi 5 mai 2026 10:01\nÀ : Support\nObjet : Imprimante",
    "De: Ana Kunde\nEnviado el: martes, 5 de mayo de 2026 10:01\nPara: Support\nAsunto: Impresora",
    "Da: Ana Kunde\nInviato: martedì 5 maggio 2026 10:01\nA: Support\nOggetto: Stampante",
    "De: Ana Kunde\nEnviada em: terça-feira, 5 de maio de 2026\nPara: Support\nAssunto: Impressora",
    "Van: Ana Kunde\nVerzonden: dinsdag 5 mei 2026 10:01\nAan: Support\nOnderwerp: Printer",
    "Från: Ana Kunde\nSkickat: den 5 maj 2026 10:01\nTill: Support\nÄmne: Skrivare",
    "Fra: Ana Kunde\nSendt: 5. maj 2026 10:01\nTil: Support\nEmne: Printer",
    "Lähettäjä: Ana Kunde\nLähetetty: tiistai 5. toukokuuta 2026\nVastaanottaja: Support\nAihe: Tulostin",
    "Od: Ana Kunde\nWysłano: wtorek, 5 maja 2026 10:01\nDo: Support\nTemat: Drukarka",
    "Od: Ana Kunde\nOdesláno: úterý 5. května 2026\nKomu: Support\nPředmět: Tiskárna",
    "От: Ana Kunde\nОтправлено: вторник, 5 мая 2026 г.\nКому: Support\nТема: Принтер",
    "Від: Ana Kunde\nНадіслано: вівторок, 5 травня 2026\nКому: Support\nТема: Принтер",
    "Kimden: Ana Kunde\nGönderildi: 5 Mayıs 2026 Salı\nKime: Support\nKonu: Yazıcı",
    "差出人: Ana Kunde\n送信日時: 2026年5月5日 10:01\n宛先: Support\n件名: プリンター",
    "发件人: Ana Kunde\n发送时间: 2026年5月5日 10:01\n收件人: Support\n主题: 打印机",
    "寄件者: Ana Kunde\n寄件日期: 2026年5月5日\n收件者: Support\n主旨: 印表機",
    "보낸 사람: Ana Kunde\n보낸 날짜: 2026년 5월 5일\n받는 사람: Support\n제목: 프린터",
    "Feladó: Ana Kunde\nElküldve: 2026. május 5.\nCímzett: Support\nTárgy: Nyomtató",
    "From: Ana Kunde <ana@example.com>\n\nDate: Tue, 5 May 2026\n\nTo: Support\n\nSubject: Printer",
    "From:   Ana Kunde/Sales\nTo:     Support,\n        Bo\nDate:   05.05.2026\nSubject:        Printer",
]

ADVERTISEMENTS = [
    "Sent from my iPhone",
    "Sent from my Samsung Galaxy smartphone.",
    "Sent from Outlook for iOS<https://aka.ms/o0ukef>",
    "Get Outlook for Android<https://aka.ms/AAb9ysg>",
    "Sent from Mail for Windows",
    "Sent from Yahoo Mail on Android",
    "Sent with Proton Mail secure email.",
    "Von meinem iPhone gesendet",
    "Gesendet von Outlook für Android<https://aka.ms/AAb9ysg>",
    "Envoyé de mon iPhone",
    "Envoyé à partir de Outlook pour iOS",
    "Enviado desde mi iPhone",
    "Enviado do meu iPhone",
    "Inviato da iPhone",
    "Verstuurd vanaf mijn iPhone",
    "Skickat från min iPhone",
    "Sendt fra min iPhone",
    "Lähetetty iPhonesta",
    "Wysłane z iPhone'a",
    "Odesláno z iPhonu",
    "Отправлено с iPhone",
    "Надіслано з iPhone",
    "iPhone'umdan gönderildi",
    "iPhoneから送信",
    "发自我的iPhone",
    "從我的 iPhone 傳送",
    "나의 iPhone에서 보냄",
]


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_introduction_and_quote_fall_away(introduction: str) -> None:
    text = f"{WORDS}\n\n{introduction}\n\n> The printer is silent.\n> Please help.\n"
    assert trimmed(text).text == WORDS


@pytest.mark.parametrize("introduction", [i for i in INTRODUCTIONS if "ana@" in i and "20" in i])
def test_history_without_signs_falls_away(introduction: str) -> None:
    text = f"{WORDS}\n\n{introduction}\n\nThe printer is silent.\nPlease help.\n"
    assert trimmed(text).text == WORDS


@pytest.mark.parametrize("mark", [*MARKS, *BLOCKS])
def test_message_quoted_whole_falls_away(mark: str) -> None:
    assert trimmed(f"{WORDS}\n\n{mark}\n\nThe printer is silent.\n").text == WORDS


@pytest.mark.parametrize("advertisement", ADVERTISEMENTS)
def test_advertisement_of_a_telephone_falls_away(advertisement: str) -> None:
    assert trimmed(f"{WORDS}\n\n{advertisement}\n").text == WORDS
    below = (
        f"{WORDS}\n\n{advertisement}\n\nOn 5 May 2026, at 10:01, Ana <a@b.example> wrote:\n> Hi\n"
    )
    assert trimmed(below).text == WORDS


KEPT = {
    "answers between quotes": (
        "Hello,\n\n> Which printer?\n\nThe one in the hall.\n\n> Since when?\n\nSince Monday.",
        None,
    ),
    "an answer below a quote of one's own choice": ("> Since when?\n\nSince Monday.", None),
    "a quote alone": ("> Email with a quote only.", None),
    "a forwarded mail without a word": (
        "---------- Forwarded message ---------\nFrom: Ana <ana@example.com>\nDate: Tue, 5 May 2026\n"
        "Subject: Printer\nTo: Bo <bo@example.com>\n\nThe printer is silent.",
        None,
    ),
    "a journey": (
        "We want to travel:\nFrom: Berlin\nTo: Paris\nDate: 5 May 2026\n\nThree people.",
        None,
    ),
    "what somebody is said to have written": (
        "On 5 May your colleague wrote:\n\nWe will refund you.\n\nNothing came.",
        None,
    ),
    "lists and lines": (
        "It fails when\n\n- I print\n- I scan\n\n---\n\nWhat can I do?\n\n***\n\nAna",
        None,
    ),
    "a long text below two dashes": ("Hello\n--\n" + "one more line\n" * 60 + "bye", None),
    "an answer below the quote": (
        "On Tue, 5 May 2026 at 10:01, Bo <bo@example.com> wrote:\n> Which printer?\n\nThe one in the hall.",
        "The one in the hall.",
    ),
    "a signature": ("Hello\n\n-- \nAna Kunde\nExample Ltd", "Hello"),
    "initials before quotes": ("Yes.\n\nBo> Which?\nBo> Since when?\n", None),
    "super-cited quotes at the end": ("Yes.\n\nBK> Which?\nBK> Since when?\n", "Yes."),
}


@pytest.mark.parametrize("case", KEPT)
def test_words_of_a_person_stay(case: str) -> None:
    text, kept = KEPT[case]
    assert trimmed(text).text == (kept or text).strip("\n")


def test_form_that_somebody_filled_in_is_no_history() -> None:
    text = (
        "New enquiry\n\nFrom: ana@example.com\nSubject: Printer\nDate: 5 May 2026\n\nIt is silent."
    )
    assert trimmed(text, is_answer=False).text == text
    assert trimmed(text, is_answer=True).text == "New enquiry"


def test_nothing_stays_nothing() -> None:
    assert trimmed("").text == ""
    assert trimmed("\n \n").text.strip() == ""


@pytest.mark.parametrize(
    "mark", ["-------- Forwarded Message --------", "-------- Nachricht weitergereicht --------"]
)
def test_mail_that_only_forwards_stays_whole(mark: str) -> None:
    text = f"{mark}\nSubject: Printer\nDate: today\nFrom: Ana <ana@example.com>\nTo: Bo\n\nIt is silent."
    assert trimmed(text).text == text
    assert trimmed(f"{WORDS}\n\n{text}").text == WORDS
