/*
 * Signing in to the pages and out again.
 */
#include "service/signing.h"

#include "service/admin.h"
#include "store/audit.h"
#include "store/chairs.h"
#include "store/people.h"

#include <stdlib.h>

/* Whoever acts, with a number of their own to stand on the audit log. */
static err act(struct arena *a, struct session *s, const struct identity *who, struct reader *out)
{
    TRY(login_reader(a, s, who, out));
    return reader_intern_actor(a, s, out);
}

static err record(struct arena *a, struct session *s, const struct reader *r,
                  const struct audit_row *what)
{
    struct audit_row row = *what;
    row.actor = r->gate.actor;
    row.outcome = LIT("ok");
    return audit_put(a, s, &row);
}

static err begin(struct arena *a, struct session *s, const struct identity *who,
                 const struct signing_browser *b, struct audit_row how, str *secret)
{
    struct reader reader;
    TRY(act(a, s, who, &reader));
    struct web_session w = {.person = who->person,
                            .org = who->org,
                            .is_shared = b->is_shared,
                            .agent = b->agent,
                            .peer = b->peer};
    str made = web_session_new_secret(a);
    TRY(web_session_add(a, s, &w, made));
    how.object = w.id;
    TRY(record(a, s, &reader, &how));
    *secret = made;
    return NULL;
}

err signing_begin(struct arena *a, struct session *s, const struct identity *who,
                  const struct signing_browser *b, str *secret)
{
    struct audit_row how = {.verb = LIT("session.begin"),
                            .detail = b->is_shared ? LIT("shared computer") : (str){0}};
    return begin(a, s, who, b, how, secret);
}

err signing_move(struct arena *a, struct session *s, const struct web_session *w, str org_id,
                 str *secret)
{
    const struct policy_org *org = policy_org_by_id(s->policy, org_id);
    const struct identity who = {.org = org ? org->n : -1, .person = w->person};
    struct reader reader;
    err failure = act(a, s, &who, &reader);
    if (failure && failure->code == ERR_UNAUTHENTICATED)
        return FAIL(a, ERR_FORBIDDEN, "You may not act for that organization");
    TRY(failure);
    str made = web_session_new_secret(a);
    TRY(web_session_move(a, s, w->n, who.org, made));
    const struct audit_row row = {
        .verb = LIT("session.move"), .object = w->id, .detail = reader.org->id};
    TRY(record(a, s, &reader, &row));
    *secret = made;
    return NULL;
}

err signing_end(struct arena *a, struct session *s, const struct web_session *w)
{
    struct reader reader;
    const struct identity who = {.org = w->org, .person = w->person};
    TRY(act(a, s, &who, &reader));
    TRY(web_session_end(a, s, w->n));
    return record(a, s, &reader, &(struct audit_row){.verb = LIT("session.end"), .object = w->id});
}

/* Nobody waits for it, so that it owns its memory. */
struct note {
    int64_t web_session;
    struct writer_job job;
};

static err run_note(struct arena *a, struct session *s, void *context)
{
    const struct note *note = context;
    return web_session_note(a, s, note->web_session);
}

static void end_note(void *context, err failure)
{
    (void)failure; /* the next request notes it again */
    free(context);
}

void signing_note_later(struct writer *w, int64_t web_session)
{
    struct note *note = malloc(sizeof(*note));
    ASSERT(note != NULL);
    *note = (struct note){.web_session = web_session};
    note->job = (struct writer_job){.run = run_note, .done = end_note, .context = note};
    if (!writer_submit(w, &note->job))
        free(note);
}

err signing_take_chair(struct arena *a, struct session *s, str chair,
                       const struct signing_browser *b, str *secret)
{
    struct chair found;
    if (!s->store->is_demo)
        return FAIL(a, ERR_NOT_FOUND, "this is no demo exchange");
    TRY(chairs_get(a, s, chair, &found));
    const struct identity who = {.org = found.org, .person = found.person};
    struct audit_row how = {.verb = LIT("session.chair"), .detail = found.id};
    return begin(a, s, &who, b, how, secret);
}

static err find_seat(struct arena *a, const struct session *s, const struct signing_chair *chair,
                     struct chair *out)
{
    const struct policy_person *person;
    TRY(people_find(a, s, chair->email, &person));
    if (person->affiliation_count == 0 || (chair->org.len == 0 && person->affiliation_count > 1))
        return FAIL(a, ERR_USAGE, "%.*s belongs to %zu organizations; say which: --org ORG",
                    STR_ARG(person->email), person->affiliation_count);
    int64_t n = person->affiliations[0].org;
    if (chair->org.len) {
        const struct policy_org *org;
        TRY(admin_find_org(a, s, chair->org, &org));
        n = org->n;
    }
    *out = (struct chair){.id = chair->id,
                          .title = chair->title,
                          .about = chair->about,
                          .person = person->n,
                          .org = n};
    return NULL;
}

err signing_put_chair(struct arena *a, struct store *store, const struct signing_chair *chair)
{
    if (!store->is_demo)
        return FAIL(a, ERR_FORBIDDEN,
                    "chairs, which are taken without a password, are for a demo exchange only "
                    "(tocsin init --demo)");
    OWNED(session_done) struct session s = {0};
    struct chair seat;
    TRY(session_write(a, store, &s));
    TRY(find_seat(a, &s, chair, &seat));
    TRY(chairs_put(a, &s, &seat));
    TRY(admin_record(a, &s, "demo.chair", policy_person(s.policy, seat.person)->id, seat.id));
    return session_commit(a, &s);
}
