"""The words of mail servers that could not deliver, in the languages that they speak."""

import re

SUBJECT = re.compile(
    r"^(?:\W{0,3}(?:undeliver(?:ed|able)|non[- ]?deliver|not delivered|delivery (?:status|fail|report|problem|notif|has failed|error|delay|warning|incomplete)"
    r"|(?:e-?)?mail delivery (?:fail|problem|system|error|status|delay|notif|unsuccess)|message (?:delivery|not delivered|undeliver|could not|status|delayed|you sent)"
    r"|failure (?:notice|delivery|notification)|failed (?:mail|delivery|message)|return(?:ed|ing) (?:e-?mail|message|to sender)|(?:your )?(?:e-?mail|message) (?:could not be|was not|not|cannot be) deliver"
    r"|mail (?:could not be|system error|not delivered|error|failure|undeliverable|returned|status report)|could not (?:send|deliver)|unable to deliver|warning\W{1,3}(?:could not send|message|e?-?mail)"
    r"|delayed (?:mail|delivery)|user unknown|rejected(?: mail)?:|postmaster notify|e-?mail (?:failure|bounce)|bounced? (?:mail|message|e-?mail)|there was an error sending your mail"
    r"|benachrichtigung (?:zum|über den) (?:zustell|übermittlung)|unzustellbar|nicht zustellbar|zustell(?:ung|fehler)|nachricht (?:nicht|konnte nicht)|fehler bei der zustellung"
    r"|rückmeldung\W{1,3}unzustellbar|non remis|échec (?:de |d')?(?:la )?(?:remise|distribution|envoi)|message non (?:distribu|remis|délivr)|notification d'état de remise|courrier non"
    r"|no se (?:puede|pudo|ha podido) entregar|no entregado|no se puede enviar|mensaje no entregado|notificación de estado|devuelto|correo devuelto|error (?:de|en la) entrega"
    r"|mancat[ao] (?:consegna|recapito)|impossibile recapitare|(?:messaggio )?non (?:recapit|consegn)|notifica (?:sullo|di) stato|avviso di mancata consegna"
    r"|não (?:é possível |foi possível )?entreg|falha (?:na|de) entrega|mensagem não entregue|notificação de status|onbestelbaar|niet (?:bezorgd|afgeleverd)|kon niet worden"
    r"|kan ikke lever|kunne ikke lever|ej leverans|olever|går inte att lever|ikke levert|levering(?:sfejl|en)? |meddelelsen kunne|toimitta|ei voi toimittaa|viestin toimitus"
    r"|niedostarcz|nie można dostarczyć|zwrot|nedoruč|nelze doruč|недостав|не удается доставить|не удалось доставить|сообщение не доставлено|не доставлен|не вдалося достав"
    r"|teslim edilemedi|iletilemedi|kézbesíthetetlen|nem kézbesíthető|nelivrabil|nu se poate livra|μη παραδοτ|配信不能|配信(?:エラー|できません)|送信(?:できません|エラー)|メール(?:エラー|送信エラー)|エラー通知|未配信"
    r"|宛先不明|退信|系统退信|无法投递|投递失败|邮件(?:无法|投递)|未(?:传递|傳遞|送达)|無法(?:傳遞|投遞)|退件|전달할 수|반송|배달(?:되지|할 수)|발송 ?실패|전송 ?실패))",
    re.IGNORECASE,
)
BODY = re.compile(
    r"(?:could|can|cannot|can't|couldn't|did|was|has|have|were|will)(?: ?not)? (?:not )?(?:be |been )?deliver(?:ed)?\b(?! (?:on|by) time)|undeliver(?:able|ed)|unknown (?:local )?(?:user|recipient|address)"
    r"|(?:user|recipient|address|mailbox|account) (?:is )?(?:unknown|not found|unavailable|rejected|disabled|does not exist|doesn't exist|not listed|inactive|full)"
    r"|no such (?:user|recipient|mailbox|address|person)|mailbox (?:is )?(?:full|over)|over ?quota|quota exceeded|delivery (?:to the following|has failed|failed|attempt|error|failure|problem)"
    r"|permanent (?:fatal )?(?:delivery )?(?:error|failure)|fatal errors|transcript of session follows|returned (?:to sender|message|below)|returning (?:it|message)|invalid (?:user|recipient|address|mailbox)"
    r"|(?<!\d)[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}|\b(?:smtp|error|code|said|replied|response)\W{1,4}[45]\d\d\b|^\s*5[05]\d[ -]|host (?:unknown|not found|unreachable)|unrouteable|relay(?:ing)? denied|i'm afraid i wasn't able"
    r"|nicht zugestellt|unzustellbar|n'a pas pu être (?:remis|distribu|délivr)|non remis|no (?:se )?(?:ha podido|pudo|puede) (?:ser )?entreg|non (?:è stato possibile|può essere) (?:recapit|consegn)|não (?:pôde|foi)"
    r"|не (?:может быть|был[оа]? |удалось )?достав|配信できません|送信できません|届けることができません|見つかりません|投递失败|无法投递|전달할 수 없",
    re.IGNORECASE | re.MULTILINE,
)
DELAYED = re.compile(
    r"delayed|still being retried|will (?:continue to|be) (?:re)?tr|not yet been delivered|has not yet|warning\W{1,3}(?:message|could not send|mail)|temporar(?:y|ily)|you do not need to resend|wird weiter versucht|verzögert",
    re.IGNORECASE,
)
DAEMON = re.compile(
    r"^(?:mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|post[-_]?master|mail[-_.]?deliver(?:y|er)?(?:[-_.]?(?:system|subsystem))?|mailsystem|mail-system|bounces?|bounce[-+=].*|microsoftexchange[0-9a-f]+|double-bounce|mxdaemon|smtp-?daemon|mailerdaemon)(?:@|$)",
    re.IGNORECASE,
)
DAEMON_NAME = re.compile(
    r"mail(?:er)?[- ]?(?:daemon|deliver(?:y|er)?|delivery (?:sub)?system)|postmaster|mail (?:administrator|system|server|gateway)|delivery (?:sub)?system|system administrator|systemadministrator|administrateur système|メール配送",
    re.IGNORECASE,
)
