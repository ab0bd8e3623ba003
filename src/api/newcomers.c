/*
 * Somebody without an account is sent to a briefing, and what a second person says who has called
 * them (B12).
 */
#include "api/briefing_parts.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "service/newcomer.h"
#include "store/people.h"

#define ID_BYTES_MAX 100

/* ---- vouching */

/* What is wrong with the address itself is said beside it. */
static err run_send(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    err failure = newcomer_send(a, s, &c->reader, api_param(c, "briefing"), context);
    if (failure && failure->code == ERR_INVALID)
        *LIST_ADD(c->rq->arena, &c->faults) =
            (struct api_fault){LIT("/email"), arena_copy(c->rq->arena, failure->text)};
    return part_hide(c, failure);
}

static void check_newcomer(struct api_fields *f, const struct newcomer *who)
{
    str lower;
    struct arena *a = f->c->rq->arena;
    if (who->email.len && people_read_email(a, who->email, &lower))
        field_fault(f, LIT("email"), LIT("This is not an e-mail address"));
    if (who->phone.len && !newcomer_has_number(who->phone))
        field_fault(f, LIT("phone"),
                    LIT("Give the whole number: they are called, and asked for its last digits"));
    if (!field_flag(f, "is_vouched_for", false))
        field_fault(f, LIT("is_vouched_for"), LIT("Say that you know them and vouch for them"));
}

err api_send_newcomer(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct newcomer *who = NEW(c->rq->arena, struct newcomer);
    who->name = field_text(
        &f, "name", (struct field_text){.is_required = true, .bytes_max = PEOPLE_NAME_BYTES_MAX});
    who->email = field_text(
        &f, "email", (struct field_text){.is_required = true, .bytes_max = PEOPLE_EMAIL_BYTES_MAX});
    who->phone = field_text(
        &f, "phone", (struct field_text){.is_required = true, .bytes_max = PEOPLE_PHONE_BYTES_MAX});
    who->public_url = c->app->public_url;
    check_newcomer(&f, who);
    TRY(api_fields_check(&f));
    const struct api_change change = {
        .run = run_send, .answer = part_briefing_answer, .context = who};
    return api_change(c, &change);
}

/* ---- the second person */

static err run_decide(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    return part_hide(c, newcomer_decide(a, s, &c->reader, context));
}

err api_decide_newcomer(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct newcomer_word *word = NEW(c->rq->arena, struct newcomer_word);
    word->person = api_param(c, "person");
    word->organization = field_text(
        &f, "organization", (struct field_text){.is_required = true, .bytes_max = ID_BYTES_MAX});
    word->is_them = field_flag(&f, "is_them", false);
    word->is_strong = c->web.n == 0 || c->web.is_strong;
    if (!field_is_there(&f, "is_them"))
        field_fault(&f, LIT("is_them"), LIT("Say whether it was them"));
    TRY(api_fields_check(&f));
    return api_change(c, &(struct api_change){.run = run_decide, .context = word});
}
