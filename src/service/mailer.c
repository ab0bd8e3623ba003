/*
 * Working off the outbox. Orders and messages are looked for every few seconds in the database
 * itself, so that whoever wrote them need not know of this thread.
 */
#include "service/mailer.h"

#include "base/log.h"
#include "base/num.h"
#include "service/approval_tell.h"
#include "service/look.h"
#include "service/mail_prune.h"
#include "service/newcomer.h"
#include "service/reminder.h"
#include "service/retention.h"

#include <pthread.h>
#include <stdlib.h>

#define LOOK_SECONDS 2
/* From the end of one walk over old mail to the next. */
#define PRUNE_US US_PER_DAY

void mailer_judge(struct arena *a, struct outbox_message *m, err failure, int64_t now_us)
{
    m->tries++;
    m->failure = failure ? error_text(a, failure) : (str){0};
    m->state = failure ? OUTBOX_WAITING : OUTBOX_SENT;
    if (failure == NULL)
        return;
    int64_t pause_us = MAILER_PAUSE_US;
    for (int64_t i = 1; i < m->tries && pause_us < MAILER_PAUSE_US_MAX; i++)
        pause_us *= 2;
    m->due_us = now_us + (pause_us < MAILER_PAUSE_US_MAX ? pause_us : MAILER_PAUSE_US_MAX);
    bool is_hopeless = failure->code == ERR_INVALID || failure->code == ERR_INPUT;
    if (is_hopeless || m->due_us - m->created_us > MAILER_GIVE_UP_US)
        m->state = OUTBOX_FAILED;
}

static err find_next(struct arena *a, struct store *store, int64_t now_us,
                     struct outbox_message *out)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_read(a, store, &s));
    return outbox_next(a, &s, now_us, out);
}

static err note(struct arena *a, struct store *store, const struct outbox_message *m)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(outbox_note(a, &s, m));
    return session_commit(a, &s);
}

/* The relay takes nothing just now, from nobody to nobody. */
static bool is_from_nobody(err failure)
{
    return failure && (failure->code == ERR_IO || failure->code == ERR_TIMEOUT ||
                       failure->code == ERR_FORBIDDEN);
}

static err hand_over(struct arena *a, struct store *store, const struct mailer_way *way,
                     struct outbox_message *m, int64_t now_us, bool *is_away)
{
    struct smtp_mail mail;
    err failure = mail_compose(a, store, m, &mail);
    failure = failure ? failure : way->send(a, way->context, &mail);
    mailer_judge(a, m, failure, now_us);
    *is_away = is_from_nobody(failure);
    if (failure)
        LOG_WARN("mail %.*s %s: %.*s", STR_ARG(m->id),
                 m->state == OUTBOX_FAILED ? "is given up" : "waits", STR_ARG(m->failure));
    return note(a, store, m);
}

err mailer_turn(struct arena *a, struct store *store, const struct mailer_way *way, int64_t now_us,
                bool *is_away)
{
    *is_away = false;
    while (!*is_away) {
        OWNED(arena_done) struct arena own = {0};
        struct outbox_message m;
        err failure = find_next(&own, store, now_us, &m);
        if (failure == NULL && m.n == 0)
            return NULL;
        failure = failure ? failure : hand_over(&own, store, way, &m, now_us, is_away);
        if (failure)
            return FAIL(a, failure->code, "%.*s", STR_ARG(error_text(&own, failure)));
    }
    return NULL;
}

/* ---- the thread */

struct mailer {
    struct store *store;
    str public_url;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t moved;
    _Atomic bool is_closing;
    int64_t rest_until_us; /* the relay is not asked before */
    struct mail_prune prune;
    struct retention retention;
    int64_t prune_at_us;
};

static err send_by_relay(struct arena *a, void *context, const struct smtp_mail *mail)
{
    return smtp_send(a, context, mail);
}

/* What is told when its time has come, one piece at a time. */
struct timed {
    err (*is_due)(struct arena *a, struct session *s, bool *out);
    err (*tell)(struct arena *a, struct session *s, str public_url, bool *is_idle);
};

static const struct timed TIMED[] = {{approval_is_due, approval_tell},
                                     {reminder_is_due, reminder_tell},
                                     {look_is_due, look_settle_due}};

/* Looks in a session that reads, so that nobody waits for a look. */
static err find_timed(struct arena *a, struct store *store, const struct timed **out)
{
    OWNED(session_done) struct session s = {0};
    bool is_due = false;
    *out = NULL;
    TRY(session_read(a, store, &s));
    for (size_t i = 0; i < COUNT_OF(TIMED) && !is_due; i++) {
        TRY(TIMED[i].is_due(a, &s, &is_due));
        *out = is_due ? &TIMED[i] : NULL;
    }
    return NULL;
}

static err tell_timed(struct arena *a, struct store *store, str public_url, bool *is_idle)
{
    OWNED(session_done) struct session s = {0};
    const struct timed *due;
    bool is_told;
    TRY(find_timed(a, store, &due));
    *is_idle = due == NULL;
    if (due == NULL)
        return NULL;
    TRY(session_write(a, store, &s));
    TRY(due->tell(a, &s, public_url, &is_told));
    return session_commit(a, &s);
}

static void write_orders(struct mailer *m)
{
    for (bool is_idle = false; !is_idle && !m->is_closing;) {
        OWNED(arena_done) struct arena own = {0};
        bool is_nothing_due = true;
        err failure = mail_piece(&own, m->store, m->public_url, &is_idle);
        if (failure == NULL)
            failure = tell_timed(&own, m->store, m->public_url, &is_nothing_due);
        is_idle &= is_nothing_due;
        if (failure) {
            LOG_ERROR("mail cannot be written: %.*s", STR_ARG(error_text(&own, failure)));
            return;
        }
    }
}

static err is_due(struct arena *a, struct store *store, int64_t now_us, bool *out)
{
    OWNED(session_done) struct session s = {0};
    int64_t due_us;
    TRY(session_read(a, store, &s));
    TRY(outbox_next_due(a, &s, &due_us));
    *out = due_us <= now_us;
    return NULL;
}

/* Opens a connection where something is due, and only then. */
static err send_due(struct arena *a, struct store *store, int64_t now_us, bool *is_away)
{
    bool has_due;
    struct smtp_relay relay;
    OWNED(smtp_close) struct smtp *smtp = NULL;
    TRY(is_due(a, store, now_us, &has_due));
    if (!has_due)
        return NULL;
    TRY(mail_relay(a, store_config(store), &relay));
    TRY(smtp_open(a, &relay, &smtp));
    const struct mailer_way way = {.send = send_by_relay, .context = smtp};
    return mailer_turn(a, store, &way, now_us, is_away);
}

/* Calls that nobody made in time are asked of nobody any more (B12). */
static err end_asking(struct arena *a, struct store *store)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(newcomers_lapse(a, &s));
    return session_commit(a, &s);
}

/* One step each time one looks, so that mail does not wait for it. */
static void drop_old(struct mailer *m, int64_t now_us)
{
    OWNED(arena_done) struct arena own = {0};
    bool is_done = true;
    if (now_us < m->prune_at_us && m->prune_at_us - now_us <= PRUNE_US)
        return;
    err failure = mail_prune_step(&own, m->store, &m->prune, now_us, &is_done);
    if (failure == NULL && is_done)
        failure = retention_step(&own, m->store, &m->retention, now_us, &is_done);
    if (failure == NULL && is_done)
        failure = end_asking(&own, m->store);
    if (failure)
        LOG_ERROR("what is old stays: %.*s", STR_ARG(error_text(&own, failure)));
    m->prune_at_us = is_done ? now_us + PRUNE_US : 0;
}

static void look(struct mailer *m)
{
    OWNED(arena_done) struct arena own = {0};
    int64_t now_us = clock_now_us();
    bool is_resting = now_us < m->rest_until_us && m->rest_until_us - now_us <= MAILER_PAUSE_US;
    bool is_away = false;
    write_orders(m);
    drop_old(m, now_us);
    if (is_resting)
        return;
    err failure = send_due(&own, m->store, now_us, &is_away);
    if (failure)
        LOG_ERROR("mail waits: %.*s", STR_ARG(error_text(&own, failure)));
    m->rest_until_us = failure || is_away ? now_us + MAILER_PAUSE_US : 0;
}

static void *run(void *context)
{
    struct mailer *m = context;
    pthread_mutex_lock(&m->lock);
    while (!m->is_closing) {
        pthread_mutex_unlock(&m->lock);
        look(m);
        pthread_mutex_lock(&m->lock);
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += LOOK_SECONDS;
        if (!m->is_closing)
            pthread_cond_timedwait(&m->moved, &m->lock, &until);
    }
    pthread_mutex_unlock(&m->lock);
    return NULL;
}

static void free_mailer(struct mailer *m)
{
    pthread_cond_destroy(&m->moved);
    pthread_mutex_destroy(&m->lock);
    free(m);
}

err mailer_open(struct arena *a, struct store *store, str public_url, struct mailer **out)
{
    struct mailer *m = calloc(1, sizeof(*m));
    ASSERT(m != NULL);
    m->store = store;
    m->public_url = public_url;
    pthread_mutex_init(&m->lock, NULL);
    pthread_cond_init(&m->moved, NULL);
    if (pthread_create(&m->thread, NULL, run, m) != 0) {
        free_mailer(m);
        return FAIL(a, ERR_BUSY, "the system gives no thread for mail");
    }
    *out = m;
    return NULL;
}

void mailer_close(struct mailer *m)
{
    if (m == NULL)
        return;
    pthread_mutex_lock(&m->lock);
    m->is_closing = true;
    pthread_cond_broadcast(&m->moved);
    pthread_mutex_unlock(&m->lock);
    pthread_join(m->thread, NULL);
    free_mailer(m);
}
