/*
 * The words of mail about accounts, one's own and a newcomer's, and its way into the outbox.
 */
#include "service/notice.h"

#include "service/call_words.h"
#include "service/mail.h"

#define TEXT_BYTES_MAX ((size_t)16 * 1024)

struct notice {
    const char *subject;
    struct bilingual what;
    struct bilingual stop;
    const char *path; /* of the page that stops it */
    struct bilingual then;
};

static const struct notice CONTACT = {
    "Your account is about to change",
    {{"Somebody who is signed in to your account has changed its name, e-mail address or phone "
      "number. It counts in 24 hours. If that was you, there is nothing to do.",
      "Alguien que inició sesión en su cuenta cambió el nombre, el correo o el teléfono. El "
      "cambio vale en 24 horas. Si fue usted, no tiene que hacer nada."}},
    {{"If it was not you, stop it here, without signing in:",
      "Si no fue usted, deténgalo aquí, sin iniciar sesión:"}},
    "/app/contact#" OUTBOX_SECRET,
    {{"Then sign in, end the sessions you do not know, and set another password.",
      "Después inicie sesión, cierre las sesiones que no conozca y cambie la contraseña."}},
};

static const struct notice ADDRESS = {
    "Confirm this address",
    {{"Somebody who is signed in to an account of this exchange gave this address as theirs. It "
      "counts in 24 hours if it is confirmed by then.",
      "Alguien que inició sesión en una cuenta de este sistema dio esta dirección como suya. Vale "
      "en 24 horas si se confirma antes."}},
    {{"If that was you, confirm it here, without signing in:",
      "Si fue usted, confírmela aquí, sin iniciar sesión:"}},
    "/app/contact/confirm#" OUTBOX_SECRET,
    {{"If it was not you, there is nothing to do: nothing changes.",
      "Si no fue usted, no tiene que hacer nada: nada cambia."}},
};

static const struct notice TAKEN = {
    "This address has an account already",
    {{"Somebody who is signed in to another account of this exchange gave this address as theirs. "
      "It has an account already, so nothing changes, and nobody else is told. There is nothing "
      "to do.",
      "Alguien que inició sesión en otra cuenta de este sistema dio esta dirección como suya. Ya "
      "tiene una cuenta: nada cambia y no se dice a nadie más. No tiene que hacer nada."}},
    {{"If it was you, sign in to the account of this address here:",
      "Si fue usted, inicie sesión en la cuenta de esta dirección aquí:"}},
    "/app/account",
    {{"If you cannot sign in, call whoever runs the exchange.",
      "Si no puede iniciar sesión, llame a quien administra este sistema."}},
};

static const struct notice LINK = {
    "Somebody wants to set a new sign-in for your account",
    {{"A link was made by which a new password or passkey can be set for your account. It opens "
      "nothing for 24 hours. If you asked for it, there is nothing to do.",
      "Se creó un enlace para poner una contraseña o llave de acceso nueva en su cuenta. No abre "
      "nada durante 24 horas. Si usted lo pidió, no tiene que hacer nada."}},
    {{"If you did not, sign in and end it here:", "Si no lo pidió, inicie sesión y anúlelo aquí:"}},
    "/app/account",
    {{"If you cannot sign in, call whoever runs the exchange.",
      "Si no puede iniciar sesión, llame a quien administra este sistema."}},
};

#define RECOVERED "A new sign-in was set for your account"
#define RECOVERED_ENGLISH                                                                      \
    "A link was used to set a new password or passkey for your account. The ones from before " \
    "open nothing any more, and you are signed out everywhere else."
#define RECOVERED_SPANISH                                                                        \
    "Se usó un enlace para poner una contraseña o llave de acceso nueva en su cuenta. Las de " \
    "antes ya no abren nada, y se cerraron las demás sesiones."

static const struct notice RECOVERY = {
    RECOVERED,
    {{RECOVERED_ENGLISH " If that was you, there is nothing to do.",
      RECOVERED_SPANISH " Si fue usted, no tiene que hacer nada."}},
    {{"If it was not you, call whoever runs the exchange at once. Your account is here:",
      "Si no fue usted, llame de inmediato a quien administra este sistema. Su cuenta está aquí:"}},
    "/app/account",
    {{"On that page you end sessions that you do not know.",
      "En esa página se cierran las sesiones que no conozca."}},
};

static const struct notice RECOVERY_TOKENS = {
    RECOVERED,
    {{RECOVERED_ENGLISH " Programs that have a token of yours go on as before.",
      RECOVERED_SPANISH " Los programas que tienen una clave suya siguen como antes."}},
    {{"See which tokens those are, and end what you do not know or need, here:",
      "Vea qué claves son y anule las que no conozca o no necesite, aquí:"}},
    "/app/account",
    {{"If it was not you who set it, call whoever runs the exchange at once.",
      "Si no fue usted, llame de inmediato a quien administra este sistema."}},
};

static const struct notice NEWCOMER = {
    "An account was made for you",
    {{"Somebody of your office asks you to take part in their place, and vouched for you. An "
      "account was made for you, and somebody may call you to make sure that it is you.",
      "Alguien de su oficina le pide que participe en su lugar y respondió por usted. Se creó una "
      "cuenta para usted, y es posible que le llamen para confirmar que es usted."}},
    {{"Set a passkey or a password here, within 14 days:",
      "Ponga aquí una llave de acceso o una contraseña, dentro de 14 días:"}},
    "/app/link#" OUTBOX_SECRET,
    {{"If you know nothing of it, do not open the link: without you it opens nothing to anybody.",
      "Si no sabe de qué se trata, no abra el enlace: sin usted no abre nada a nadie."}},
};

static const struct notice NAMED = {
    "Somebody asks you to take part in their place",
    {{"Somebody of another office asks you to take part in their place, and gave this address. You "
      "have an account already. Nothing in it was changed, and they were not told that there is "
      "one.",
      "Alguien de otra oficina le pide que participe en su lugar y dio esta dirección. Usted ya "
      "tiene una cuenta. No se cambió nada en ella, y no se le dijo que existe."}},
    {{"Whoever runs the exchange may call you about it. Your account is here:",
      "Es posible que le llame quien administra este sistema. Su cuenta está aquí:"}},
    "/app/account",
    {{"If you know nothing of it, say so on that call. There is nothing else to do.",
      "Si no sabe de qué se trata, dígalo en esa llamada. No tiene que hacer nada más."}},
};

static const struct notice CALL = {
    "Somebody waits for your call",
    {{"Somebody without an account was vouched for, and is to take part in a call in another's "
      "place. A second person telephones them first, to make sure that it is them. You are among "
      "those who may; whoever is first counts.",
      "Alguien respondió por una persona sin cuenta, que va a participar en una llamada en lugar "
      "de otra. Antes, una segunda persona le telefonea para confirmar que es ella. Usted es una "
      "de "
      "las que pueden hacerlo; cuenta quien llame primero."}},
    {{"Sign in to see whom to telephone, at which number, and to say what came of it:",
      "Inicie sesión para ver a quién telefonear y a qué número, y para decir el resultado:"}},
    "/app/",
    {{"It helps until that call begins. If it is not on your page any more, somebody else was "
      "faster, or it is over.",
      "Sirve hasta que empiece esa llamada. Si ya no está en su página, otra persona se adelantó o "
      "ya pasó."}},
};

static const struct notice TOKEN = {
    "A program may sign in for your organization now",
    {{"A steward of this exchange made a token for your organization. A program that has it reads "
      "what your organization reads. If your organization asked for it, there is nothing to do.",
      "Quien administra este sistema creó una clave para su organización. Un programa que la tenga "
      "lee lo que lee su organización. Si su organización la pidió, no tiene que hacer nada."}},
    {{"If it did not, call whoever runs the exchange, or have an admin of your organization end it "
      "here:",
      "Si no la pidió, llame a quien administra este sistema, o pida a quien administra las "
      "cuentas de su organización que la anule aquí:"}},
    "/app/",
    {{"It works until somebody ends it, or until its day.",
      "Funciona hasta que alguien la anule o hasta su fecha."}},
};

static const struct notice ONE_MORE = {
    "Your account acts for one more organization",
    {{"Somebody who manages accounts on this exchange added yours to one more organization, or "
      "made "
      "you a steward. Whoever signs in to your account reads what is shared with that "
      "organization, "
      "too.",
      "Quien administra cuentas en este sistema agregó la suya a una organización más, o le dio el "
      "papel de administrador del sistema. Quien inicie sesión en su cuenta también lee lo que se "
      "comparte con esa organización."}},
    {{"If somebody else ever set your password, or may know it, set a new one and end the sessions "
      "that you do not know here:",
      "Si alguna vez otra persona puso su contraseña, o puede conocerla, ponga una nueva y cierre "
      "las sesiones que no conozca aquí:"}},
    "/app/account",
    {{"If you know nothing of that organization, call whoever runs the exchange.",
      "Si no sabe nada de esa organización, llame a quien administra este sistema."}},
};

static const struct notice LOOK = {
    "A second person is asked for",
    {{"Somebody asks to be told by name who was given something on this exchange. Names are told "
      "only after a second person has agreed, and you are among those who may.",
      "Alguien pide saber con nombre a quién se le entregó algo en esta plataforma. Los nombres se "
      "dan solo si una segunda persona está de acuerdo, y usted es una de las que pueden "
      "decirlo."}},
    {{"Sign in to see who asks, about what and why, and to say yes or no:",
      "Inicie sesión para ver quién pregunta, sobre qué y por qué, y para decir sí o no:"}},
    "/app/",
    {{"Without anybody's word in a week the answer is no.",
      "Si en una semana nadie responde, la respuesta es no."}},
};

static const struct bilingual NEVER = {
    {"Mail from here never asks for a password.", "Este correo nunca pide una contraseña."}};

/* The page in the language of the mail: a secret stands at the end of its address. */
static void put_address(struct buf *to, enum language l, const struct notice *n, str url)
{
    str secret = str_of(n->path);
    str path;
    str_cut(&secret, '#', &path);
    buf_print(to, "%.*s%.*s%s%s%.*s", STR_ARG(url), STR_ARG(path),
              l == LANGUAGE_SPANISH ? "?lang=es" : "", secret.len ? "#" : "", STR_ARG(secret));
}

static void put_language(struct buf *to, enum language l, const struct notice *n, str url)
{
    buf_print(to, "%s\n\n%s\n", n->what.words[l], n->stop.words[l]);
    put_address(to, l, n, url);
    buf_print(to, "\n\n%s\n\n%s\n", n->then.words[l], NEVER.words[l]);
}

static str write_text(struct arena *a, const struct notice *n, str url, bool is_exercise)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, TEXT_BYTES_MAX);
    if (is_exercise)
        buf_put(&text, LIT("EXERCISE EXERCISE EXERCISE\n\n"));
    put_language(&text, LANGUAGE_ENGLISH, n, url);
    buf_put(&text, LIT("\n* * *\n\n"));
    put_language(&text, LANGUAGE_SPANISH, n, url);
    return arena_copy(a, buf_str(&text));
}

struct notice_way {
    str kind;
    bool is_exercise;
};

static err queue_as(struct arena *a, struct session *s, const struct notice *n,
                    const struct notice_contact *to, const struct notice_way *way)
{
    struct outbox_message m = {
        .kind = way->kind,
        .recipient = to->recipient,
        .subject = arena_print(a, "%s%s", way->is_exercise ? "EXERCISE: " : "", n->subject),
        .body = write_text(a, n, to->public_url, way->is_exercise),
        .secret = to->secret,
        .state = mail_first_state(s)};
    return outbox_add(a, s, &m);
}

static err queue(struct arena *a, struct session *s, const struct notice *n,
                 const struct notice_contact *to)
{
    return queue_as(a, s, n, to, &(struct notice_way){LIT("notice"), s->store->is_demo});
}

err notice_contact(struct arena *a, struct session *s, const struct notice_contact *n)
{
    return queue(a, s, &CONTACT, n);
}

err notice_address(struct arena *a, struct session *s, const struct notice_contact *n)
{
    return queue(a, s, n->secret.len ? &ADDRESS : &TAKEN, n);
}

err notice_newcomer(struct arena *a, struct session *s, const struct notice_contact *n)
{
    return queue(a, s, &NEWCOMER, n);
}

err notice_named(struct arena *a, struct session *s, str recipient, str public_url)
{
    const struct notice_contact to = {.recipient = recipient, .public_url = public_url};
    return queue(a, s, &NAMED, &to);
}

err notice_call(struct arena *a, struct session *s, str recipient, str public_url, bool is_exercise)
{
    const struct notice_contact to = {.recipient = recipient, .public_url = public_url};
    return queue_as(a, s, &CALL, &to, &(struct notice_way){LIT("call"), is_exercise});
}

err notice_look(struct arena *a, struct session *s, str recipient, str public_url, bool is_exercise)
{
    const struct notice_contact to = {.recipient = recipient, .public_url = public_url};
    return queue_as(a, s, &LOOK, &to, &(struct notice_way){LIT("look"), is_exercise});
}

err notice_link(struct arena *a, struct session *s, str recipient, str public_url)
{
    const struct notice_contact to = {.recipient = recipient, .public_url = public_url};
    return queue(a, s, &LINK, &to);
}

err notice_recovery(struct arena *a, struct session *s, const struct notice_recovery *n)
{
    const struct notice_contact to = {.recipient = n->recipient, .public_url = n->public_url};
    return queue(a, s, n->has_tokens ? &RECOVERY_TOKENS : &RECOVERY, &to);
}

err notice_token(struct arena *a, struct session *s, str recipient, str public_url)
{
    const struct notice_contact to = {.recipient = recipient, .public_url = public_url};
    return queue(a, s, &TOKEN, &to);
}

err notice_one_more(struct arena *a, struct session *s, str recipient, str public_url)
{
    const struct notice_contact to = {.recipient = recipient, .public_url = public_url};
    return queue(a, s, &ONE_MORE, &to);
}
