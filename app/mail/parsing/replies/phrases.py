"""What mail programs write around quotes, in the languages that they speak."""

import re

HEADER_WORDS: dict[str, tuple[str, ...]] = {
    # The names of headers above a message that is quoted whole, as Outlook and its kin do.
    "from": (
        "from|von|de|da|van|från|fra|lähettäjä|od|от|від|от кого|kimden|gönderen|差出人|送信者|发件人|發件人|寄件者|寄件人",
        "보낸 사람|보낸사람|보낸이|feladó|de la|από|nadawca|expéditeur|remitente|mittente|absender|afzender|avsändare|avsender",
        "afsender|odesílatel|odosielateľ|saatja|nuo|pošiljatelj|šalje|подател|מאת|من|từ|dari|remetente",
    ),
    "date": (
        "sent|date|sent on|sent at|gesendet|gesendet am|datum|envoyé|envoyé le|envoyée|date d'envoi|enviado|enviado el|enviada",
        "enviado em|enviada em|fecha|data|inviato|data invio|verzonden|verzonden op|skickat|sendt|dato|sendt dato",
        "lähetetty|päivämäärä|päiväys|wysłano|wysłane|data wysłania|odesláno|odoslané|dátum|отправлено|дата|дата отправки|надіслано",
        "відправлено|gönderildi|gönderme tarihi|gönderim tarihi|tarih|送信日時|送信日|日時|日付|发送时间|發送時間|发送日期|日期|时间|寄件日期|傳送日期|已傳送",
        "보낸 날짜|보낸날짜|날짜|elküldve|küldve|trimis|trimis la|ημερομηνία|στάλθηκε|saadetud|išsiųsta|poslano|изпратено|נשלח|תאריך",
    ),
    "to": (
        "to|an|à|a|para|aan|till|til|vastaanottaja|do|komu|кому|kime|alıcı|宛先|收件人|收件者|받는 사람|받는사람|받는이|címzett|către",
        "προς|pour|destinataire|destinatario|destinatário|empfänger|ontvanger|mottagare|mottaker|modtager|adresat|příjemce|za|kam|до|אל",
    ),
    "cc": (
        "cc|c\\.c\\.|kopie|kopia|kopi|kopio|copie|copie à|copia|cópia|копия|копія|bilgi|抄送|副本|참조|másolatot kap|másolat|kópia",
        "κοιν|bcc|reply-to|reply to|antwort an|répondre à|importance|priority|wichtigkeit|priorität|attachments|anlagen|pièces jointes",
    ),
    "subject": (
        "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne|aihe|temat|předmět|predmet|тема|konu|件名|主题|主題|主旨|標題",
        "제목|tárgy|subiect|θέμα|sujet|betr\\.?|re|teema|tema|zadeva|относно|נושא|الموضوع|chủ đề",
    ),
}

WROTE = (
    # Whoever is quoted did this.
    "wrote|writes|said|schrieb|schreibt|geschrieben|a écrit|écrivit|écrit|ecrit|escribió|escribio|ha escrito|va escriure|ha scritto",
    "scritto|scrive|escreveu|schreef|geschreven|skrev|skriver|kirjoitti|napisał|napisała|napisał\\(a\\)|napisał\\(-a\\)|pisze|napsal",
    "napsala|napsal\\(a\\)|napísal|napísal\\(a\\)|napísala|написал|написала|написал\\(а\\)|написал\\(a\\)|пишет|писал|писал\\(а\\)|сообщил",
    "написав|написала|написав\\(-ла\\)|пише|писав|yazdı|yazmış|şunları söyledi|写道|寫道|写了|寫了|来信|のメール|さんは書きました|書きました",
    "さん(?:が|は).{0,10}書いた|님이 작성|작성|님이 쓴 글|씀|a scris|írta|írt|ezt írta|έγραψε|je napisal|je napisala|je napisal\\(a\\)|написа",
    "đã viết|viết|menulis|เขียนว่า|כתב|כתבה|كتب|rašė|rakstīja|kirjutas|skrifaði|idatzi zuen",
)

ORIGINAL = (
    # A whole message follows.
    "original message|original email|originalnachricht|original-nachricht|ursprüngliche nachricht|ursprüngliche e-mail|message d'origine",
    "message d’origine|message original|message initial|e-mail d'origine|mensaje original|mensaje de origen|messaggio originale",
    "messaggio originario|mensagem original|oorspronkelijk bericht|origineel bericht|ursprungligt meddelande|originalmeddelande",
    "opprinnelig melding|oprindelig meddelelse|oprindelig besked|alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość",
    "wiadomość pierwotna|původní zpráva|původní e-mail|pôvodná správa|исходное сообщение|оригинальное сообщение|первоначальное сообщение",
    "оригінальне повідомлення|вихідне повідомлення|özgün i̇leti|orijinal mesaj|orjinal mesaj|özgün mesaj|元のメッセージ|原始邮件|原始郵件|原始訊息",
    "원본 메시지|원본 메일|원본메일|eredeti üzenet|mesaj original|mesajul original|αρχικό μήνυμα|algkiri|оригинално съобщение|izvirno sporočilo",
    "forwarded message|forwarded by .{1,80}|forwarded mail|weitergeleitete nachricht|message transféré|message réexpédié|mensaje reenviado",
    "messaggio inoltrato|mensagem encaminhada|mensagem reencaminhada|doorgestuurd bericht|vidarebefordrat meddelande|videresendt melding",
    "videresendt besked|videresendt meddelelse|välitetty viesti|edelleenlähetetty viesti|przekazana wiadomość|wiadomość przekazana",
    "treść przekazanej wiadomości|přeposlaná zpráva|preposlaná správa|пересылаемое сообщение|пересланное сообщение|переадресоване повідомлення",
    "переслане повідомлення|i̇letilen mesaj|yönlendirilen mesaj|転送されたメッセージ|転送メッセージ|转发的邮件|转发邮件|已轉寄的郵件|轉寄的郵件|전달된 메시지",
    "továbbított üzenet|mesaj redirecționat|προωθημένο μήνυμα|reply message|replied message|回复的原邮件|原邮件|회신 메시지",
)

FORWARDED = (
    # The same, as Apple's programs say it: a line of its own without dashes.
    "begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié|début du message transféré",
    "inicio del mensaje reenviado|inizio messaggio inoltrato|início da mensagem reencaminhada|início da mensagem encaminhada",
    "begin doorgestuurd bericht|vidarebefordrat brev|start på videresendt besked|videresendt melding|välitetty viesti alkaa",
    "początek przekazywanej wiadomości|začátek přeposílané zprávy|начало переадресованного сообщения|początek przekazanej wiadomości",
    "початок листа, що пересилається|iletilen i̇letinin başlangıcı|転送されたメッセージ|下面是被转发的邮件|開始轉寄郵件|전달된 메시지",
)

SENT_FROM = (
    # What telephones and advertising programs sign with.
    "sent from (?:my|mail|outlook|yahoo|samsung|a |an |the |windows|iphone|ipad|android|proton|gmail|aol|blackberry|mobile|phone|nine)",
    "sent (?:via|with|using|through) (?:my|the|proton|outlook|yahoo|samsung|mail|spark|airmail|mailbird|blackberry|nine|shift|boxer|aol|superhuman)",
    "get outlook for|get bluemail for|download outlook|sent on the|sent while mobile|envoyé (?:de|depuis|à partir d|via|avec|d'un) ?",
    "envoyée depuis|obtenez outlook|télécharger outlook|gesendet (?:von|mit|über|aus)|von meinem .{1,40} gesendet|von .{1,30} gesendet|holen sie sich outlook",
    "diese nachricht wurde von meinem|enviado (?:desde|de|do|a partir|por|via|con)|obtener outlook|obter o outlook|inviato (?:da|dal|con|tramite)",
    "ottieni outlook|scarica outlook|verzonden (?:vanaf|met|via|van)|verstuurd vanaf|outlook voor .{1,20} downloaden|skickat från|skickades från",
    "hämta outlook|sendt fra|få outlook|hent outlook|lähetetty .{1,40}sta|hanki outlook|wysłan[eoy] (?:z|przez|za)|pobierz .{0,10}outlook|odesl[áa]no z",
    "odoslané z|získejte|отправлено (?:с|из|от|через)|надіслано (?:з|через|від)|скачать outlook|.{1,30}(?:dan|den) gönderildi|.{1,20}から送信|.{1,20}から送信されました",
    "发自我的|发送自|發自我的|從我的 .{1,20} 傳送|從我的.{1,20}傳送|自我的 .{1,20} 傳送|나의 .{1,20}에서 보냄|내 .{1,20}에서 보냄|.{1,20}에서 보냄|trimis (?:de|din)",
    "elküldve .{1,30}|στάλθηκε από|poslano s|изпратено от|iphone'?umdan|获取 outlook",
)

ABOVE_THIS_LINE = (
    r"(?:reply|write|type|answer|respond|response|message).{0,60}(?:above|over) (?:this|the) line",
    r"(?:antwort|schreiben).{0,60}(?:über|oberhalb) (?:dieser|diese) (?:zeile|linie)",
    r"(?:répon|écri).{0,60}au-dessus de cette ligne|(?:respond|escrib|respuesta).{0,60}(?:encima|arriba) de esta línea",
    r"(?:rispond|risposta|scriv).{0,60}sopra questa (?:riga|linea)|(?:respond|resposta|escrev).{0,60}acima desta linha",
    r"(?:antwoord|typ|reageer).{0,60}boven deze (?:regel|lijn)",
)


def any_of(groups: tuple[str, ...]) -> str:
    """One alternative of all the words, the longest first, so that none hides another."""
    words = [word for group in groups for word in re.split(r"\|(?![^()]*\))", group)]
    return "|".join(sorted(words, key=len, reverse=True))
