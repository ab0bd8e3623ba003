/*
 * The words of mail about one's own account, and its way into the outbox.
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

static const struct bilingual NEVER = {
    {"Mail from here never asks for a password.", "Este correo nunca pide una contraseña."}};

static void put_language(struct buf *to, enum language l, const struct notice *n, str url)
{
    buf_print(to, "%s\n\n%s\n%.*s%s\n\n%s\n\n%s\n", n->what.words[l], n->stop.words[l],
              STR_ARG(url), n->path, n->then.words[l], NEVER.words[l]);
}

static str write_text(struct arena *a, const struct session *s, const struct notice *n, str url)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, TEXT_BYTES_MAX);
    if (s->store->is_demo)
        buf_put(&text, LIT("EXERCISE EXERCISE EXERCISE\n\n"));
    put_language(&text, LANGUAGE_ENGLISH, n, url);
    buf_put(&text, LIT("\n* * *\n\n"));
    put_language(&text, LANGUAGE_SPANISH, n, url);
    return arena_copy(a, buf_str(&text));
}

static err queue(struct arena *a, struct session *s, const struct notice *n,
                 const struct notice_contact *to)
{
    struct outbox_message m = {
        .kind = LIT("notice"),
        .recipient = to->recipient,
        .subject = arena_print(a, "%s%s", s->store->is_demo ? "EXERCISE: " : "", n->subject),
        .body = write_text(a, s, n, to->public_url),
        .secret = to->secret,
        .state = mail_first_state(s)};
    return outbox_add(a, s, &m);
}

err notice_contact(struct arena *a, struct session *s, const struct notice_contact *n)
{
    return queue(a, s, &CONTACT, n);
}

err notice_address(struct arena *a, struct session *s, const struct notice_contact *n)
{
    return queue(a, s, n->secret.len ? &ADDRESS : &TAKEN, n);
}

err notice_link(struct arena *a, struct session *s, str recipient, str public_url)
{
    const struct notice_contact to = {.recipient = recipient, .public_url = public_url};
    return queue(a, s, &LINK, &to);
}
