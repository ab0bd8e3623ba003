/*
 * What mail says.
 */
#include "service/mail_words.h"

#define EXERCISE "EXERCISE"
#define THRICE EXERCISE " " EXERCISE " " EXERCISE "\n\n"

str mail_kind_name(enum mail_kind kind)
{
    static const char *const NAMES[] = {"",         "invitation", "update",   "cancellation",
                                        "approval", "correction", "reminder", "promise"};
    return str_of(NAMES[kind]);
}

/* What each kind says, in the order of enum mail_kind. */
static const struct {
    const char *subject;
    struct bilingual first;
} KINDS[] = {
    {"", {{"", ""}}},
    {"Will you join a call?", {{"You are invited to a call.", "Se le invita a una llamada."}}},
    {"A call you are invited to has changed",
     {{"A call you are invited to has changed. This is when it is now.",
       "Ha cambiado una llamada a la que se le invitó. Ahora es en este horario."}}},
    {"A call you were invited to is cancelled",
     {{"A call you were invited to is cancelled. It would have been at this time.",
       "Se canceló una llamada a la que se le invitó. Habría sido en este horario."}}},
    {"Your approval is awaited for a call",
     {{"A call is being prepared in your name, and waits for your approval.",
       "Se prepara una llamada en su nombre, y espera su aprobación."}}},
    {"Something about a call was corrected",
     {{"Something that was written about a call you were invited to was wrong, and is corrected. "
       "The call is or was at this time.",
       "Algo escrito sobre una llamada a la que se le invitó era incorrecto y se corrigió. La "
       "llamada es o fue en este horario."}}},
    {"Your answer is still missing: a call on",
     {{"You were invited to a call and have not answered yet. A no helps as much as a yes.",
       "Se le invitó a una llamada y aún no ha respondido. Un no ayuda tanto como un sí."}}},
    {"A promise is due soon, from the call of",
     {{"Something that your office promised at a call is due soon. The call was at this time.",
       "Algo que su oficina prometió en una llamada vence pronto. La llamada fue en este "
       "horario."}}},
};

static const struct bilingual YOUR_TIME = {{"Your time", "Su hora"}};
static const struct bilingual SENDERS_TIME = {{"The sender's time", "La hora de quien invita"}};
static const struct bilingual ANSWER = {
    {"Answer here without signing in. You need the last four digits of your phone number.",
     "Responda aquí sin iniciar sesión. Necesita los últimos cuatro dígitos de su teléfono."}};
static const struct bilingual YES = {{"Yes, I will join:", "Sí, participaré:"}};
static const struct bilingual NO = {{"No, I cannot:", "No, no puedo:"}};
static const struct bilingual OTHER = {
    {"Someone else will, in my place:", "Irá otra persona en mi lugar:"}};
static const struct bilingual MORE = {
    {"What it is about, and from 30 minutes before how to join, is shown after you sign in:",
     "De qué trata y, desde 30 minutos antes, cómo participar se muestra al iniciar sesión:"}};
static const struct bilingual APPROVE = {{"What there is to approve is shown after you sign in:",
                                          "Lo que hay que aprobar se muestra al iniciar sesión:"}};
static const struct bilingual CORRECTED = {
    {"What was wrong, and what it says now, is shown after you sign in:",
     "Lo que era incorrecto, y lo que dice ahora, se muestra al iniciar sesión:"}};
static const struct bilingual PROMISED = {
    {"What was promised, and a place to say what became of it, is shown after you sign in:",
     "Lo prometido, y dónde decir qué fue de ello, se muestra al iniciar sesión:"}};
static const struct bilingual NEVER = {
    {"Mail from here never says how to join and never asks for a password.",
     "Este correo nunca dice cómo participar y nunca pide una contraseña."}};

str mail_subject(struct arena *a, const struct mail_facts *f)
{
    return arena_print(a, "%s%s %.*s", f->is_exercise ? EXERCISE ": " : "", KINDS[f->kind].subject,
                       STR_ARG(call_short_day(a, LANGUAGE_ENGLISH, f->own, f->start_us)));
}

static void put_time(struct buf *to, struct arena *a, enum language l, const struct mail_facts *f,
                     const struct zone *z)
{
    const struct bilingual *whose = z == f->own ? &YOUR_TIME : &SENDERS_TIME;
    str span = call_span(a, l, z, f->start_us, f->end_us);
    str name = call_zone(a, l, zone_name(z));
    str day = call_day(a, l, z, f->start_us);
    buf_print(to, "%.*s\n%.*s\n%s, %.*s\n\n", STR_ARG(day), STR_ARG(span), whose->words[l],
              STR_ARG(name));
}

static void put_link(struct buf *to, enum language l, const struct bilingual *words, str link,
                     const char *answer)
{
    buf_print(to, "%s\n%.*s?answer=%s%s\n", words->words[l], STR_ARG(link), answer,
              l == LANGUAGE_SPANISH ? "&lang=es" : "");
}

static void put_language(struct buf *to, struct arena *a, enum language l,
                         const struct mail_facts *f)
{
    buf_print(to, "%s\n\n", KINDS[f->kind].first.words[l]);
    put_time(to, a, l, f, f->own);
    if (f->sender != f->own)
        put_time(to, a, l, f, f->sender);
    if (f->link.len) {
        buf_print(to, "%s\n\n", ANSWER.words[l]);
        put_link(to, l, &YES, f->link, "yes");
        put_link(to, l, &NO, f->link, "no");
        put_link(to, l, &OTHER, f->link, "delegate");
        buf_put_char(to, '\n');
    }
    const struct bilingual *more = f->kind == MAIL_APPROVAL     ? &APPROVE
                                   : f->kind == MAIL_CORRECTION ? &CORRECTED
                                   : f->kind == MAIL_PROMISE    ? &PROMISED
                                                                : &MORE;
    if (f->kind != MAIL_CANCELLATION)
        buf_print(to, "%s\n%.*s/app/%s\n\n", more->words[l], STR_ARG(f->url),
                  l == LANGUAGE_SPANISH ? "?lang=es" : "");
    buf_print(to, "%s\n", NEVER.words[l]);
}

void mail_put_text(struct buf *to, struct arena *a, const struct mail_facts *f)
{
    if (f->is_exercise)
        buf_put(to, LIT(THRICE));
    put_language(to, a, LANGUAGE_ENGLISH, f);
    buf_put(to, LIT("\n* * *\n\n"));
    put_language(to, a, LANGUAGE_SPANISH, f);
}

str mail_summary(struct arena *a, bool is_exercise)
{
    return arena_print(a, "%sCall / Llamada", is_exercise ? EXERCISE ": " : "");
}

str mail_description(struct arena *a, str url, bool is_exercise)
{
    return arena_print(a, "%s%s\n%s\n%.*s/app/", is_exercise ? THRICE : "",
                       MORE.words[LANGUAGE_ENGLISH], MORE.words[LANGUAGE_SPANISH], STR_ARG(url));
}
