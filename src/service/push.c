/*
 * Envelopes: made within the server's limits, sent, their status followed to its end.
 */
#include "service/push.h"

#include "service/push_parts.h"
#include "json/write.h"

#define MEDIA_TYPE "application/taxii+json;version=2.1"
#define ENVELOPE_BYTES ((size_t)8 << 20) /* no more at once, whatever the server takes */
#define ENVELOPE_BYTES_MIN 64            /* around the objects */
#define ENVELOPE_BUFFER_MAX ((size_t)1 << 30)
#define PENDING_SECONDS_MAX 1800
#define POLL_SECONDS_MAX 15

/* ---- positions */

str push_position_write(struct arena *a, const struct push_position *p)
{
    if (p->status.len == 0)
        return arena_print(a, "%llu", (unsigned long long)p->sent);
    return arena_print(a, "%llu %.*s %llu", (unsigned long long)p->sent, STR_ARG(p->status),
                       (unsigned long long)p->pending);
}

bool push_position_read(str text, struct push_position *out)
{
    str sent;
    str status = {0};
    str pending = {0};
    struct push_position p = {0};
    if (!str_cut(&text, ' ', &sent) || !str_to_u64(sent, &p.sent))
        return false;
    if (str_cut(&text, ' ', &status) &&
        (status.len == 0 || !str_cut(&text, ' ', &pending) || !str_to_u64(pending, &p.pending)))
        return false;
    p.status = status;
    *out = p;
    return true;
}

static err move_to(struct push *p, uint64_t sent)
{
    p->position = (struct push_position){.sent = sent};
    return p->save(p);
}

static err wait_for(struct push *p, str status, uint64_t pending)
{
    p->position.status = arena_copy(p->a, status);
    p->position.pending = pending;
    return p->save(p);
}

/* ---- what became of an envelope */

static void note_failure(struct push *p, str id, str message)
{
    p->totals->failures++;
    if (p->totals->count < PUSH_FAILURES_MAX)
        *LIST_ADD(p->a, p->totals) =
            (struct push_failure){arena_copy(p->a, id), arena_copy(p->a, message)};
}

static uint64_t take_failures(struct push *p, json status)
{
    uint64_t count = 0;
    for (struct json_walk w = json_walk(json_get(status, LIT("failures"))); json_next(&w); count++)
        note_failure(p, json_get_string(w.value, LIT("id")),
                     json_get_string(w.value, LIT("message")));
    int64_t said;
    if (json_to_i64(json_get(status, LIT("failure_count")), &said) && said > (int64_t)count) {
        p->totals->failures += (uint64_t)said - count; /* without their ids */
        count = (uint64_t)said;
    }
    return count;
}

static void take_status(struct push *p, json status)
{
    uint64_t failures = take_failures(p, status);
    int64_t total;
    if (json_to_i64(json_get(status, LIT("total_count")), &total) && (uint64_t)total >= failures)
        p->totals->objects += (uint64_t)total - failures;
}

static bool is_pending(json status)
{
    return str_eq(json_get_string(status, LIT("status")), LIT("pending"));
}

/* Asks for a status until it is complete; a server that no longer knows it: `*is_known` false. */
static err poll(struct push *p, str id, bool *is_known)
{
    str url = arena_print(&p->scratch, "%.*sstatus/%.*s/", STR_ARG(p->remote->root), STR_ARG(id));
    unsigned waited = 0;
    for (unsigned seconds = 1; waited < PENDING_SECONDS_MAX; seconds *= 2) {
        struct http_result result;
        TRY(remote_get(&p->scratch, p->remote, url, &result));
        *is_known = result.status != 404;
        if (!*is_known)
            return NULL;
        TRY(remote_check(&p->scratch, &result, url));
        struct json_reader reader = {0};
        json status = {0};
        err failure = json_read(&p->scratch, &reader, result.body, NULL, &status);
        bool is_over = failure == NULL && !is_pending(status);
        if (is_over)
            take_status(p, status);
        json_reader_done(&reader);
        if (failure || is_over)
            return failure;
        seconds = seconds < POLL_SECONDS_MAX ? seconds : POLL_SECONDS_MAX;
        TRY(remote_wait(&p->scratch, p->remote, seconds));
        waited += seconds;
    }
    return FAIL(&p->scratch, ERR_BUSY,
                "the server has not finished with what was sent; run the same command again");
}

err push_settle_pending(struct push *p)
{
    if (p->position.status.len == 0)
        return NULL;
    bool is_known;
    TRY(poll(p, p->position.status, &is_known));
    return move_to(p, is_known ? p->position.pending : p->position.sent);
}

/* ---- sending */

static err post(struct push *p, const struct push_item *items, size_t count,
                struct http_result *result)
{
    OWNED(buf_done) struct buf body;
    buf_init(&body, ENVELOPE_BUFFER_MAX);
    buf_put(&body, LIT("{\"objects\":["));
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_put_char(&body, ',');
        buf_put(&body, items[i].bytes);
    }
    buf_put(&body, LIT("]}"));
    TRY(buf_check(&p->scratch, &body));
    const struct http_field fields[] = {{LIT("Accept"), LIT(MEDIA_TYPE)},
                                        {LIT("Content-Type"), LIT(MEDIA_TYPE)}};
    const struct http_call call = {.method = HTTP_POST,
                                   .url = remote_url(&p->scratch, p->remote, "objects/"),
                                   .fields = fields,
                                   .field_count = 2,
                                   .body = buf_str(&body)};
    return remote_fetch(&p->scratch, p->remote, &call, result);
}

static err follow_status(struct push *p, const struct http_result *result, size_t count,
                         uint64_t position)
{
    struct json_reader reader = {0};
    json status = {0};
    str id = {0};
    /* A server that says nothing, but 2xx, has taken all. */
    bool is_readable = json_read(&p->scratch, &reader, result->body, NULL, &status) == NULL &&
                       json_is(status, JSON_OBJECT);
    if (is_readable && is_pending(status))
        id = arena_copy(&p->scratch, json_get_string(status, LIT("id")));
    else if (is_readable && json_is(json_get(status, LIT("status")), JSON_STRING))
        take_status(p, status);
    else
        p->totals->objects += count;
    json_reader_done(&reader);
    if (id.len == 0)
        return move_to(p, position);
    TRY(wait_for(p, id, position));
    bool is_known = true;
    TRY(poll(p, id, &is_known));
    if (!is_known)
        return FAIL(&p->scratch, ERR_IO,
                    "the server has forgotten the status %.*s; run the same "
                    "command again",
                    STR_ARG(id));
    return move_to(p, position);
}

/* Too large, or spoilt by one object: in halves, down to the one. */
static err send_range(struct push *p, const struct push_item *items, size_t count)
{
    struct http_result result;
    TRY(post(p, items, count, &result));
    bool is_refused = result.status == 413 || result.status == 422;
    uint64_t position = items[count - 1].position;
    if (is_refused && count > 1) {
        TRY(send_range(p, items, count / 2));
        return send_range(p, items + count / 2, count - count / 2);
    }
    err failure = remote_check(&p->scratch, &result, p->remote->root);
    if (failure && !is_refused)
        return failure;
    p->totals->envelopes++;
    if (failure == NULL)
        return follow_status(p, &result, count, position);
    note_failure(p, items[0].id, error_text(&p->scratch, failure));
    return move_to(p, position);
}

static size_t envelope_bytes(const struct push *p)
{
    uint64_t max = p->remote->body_bytes_max;
    if (max == 0 || max > ENVELOPE_BYTES)
        max = ENVELOPE_BYTES;
    return max > ENVELOPE_BYTES_MIN ? (size_t)max - ENVELOPE_BYTES_MIN : 1;
}

void push_show(const struct push *p)
{
    const struct push_totals *t = p->totals;
    uint64_t done = t->objects + t->failures + t->barred + t->exercises;
    uint64_t total = p->expected && p->expected < done ? done : p->expected;
    watch_progress(&p->remote->options.watch, done, total);
}

err push_send(struct push *p, const struct push_items *items)
{
    size_t max = envelope_bytes(p);
    for (size_t from = 0; from < items->count;) {
        size_t to = from;
        size_t bytes = 0;
        while (to < items->count && to - from < PUSH_OBJECTS_MAX &&
               (to == from || bytes + items->items[to].bytes.len + 1 <= max))
            bytes += items->items[to++].bytes.len + 1;
        TRY(watch_stop(&p->scratch, &p->remote->options.watch));
        TRY(send_range(p, items->items + from, to - from));
        push_show(p);
        from = to;
    }
    return NULL;
}

/* ---- the whole */

static void push_done(struct push *p)
{
    arena_done(&p->scratch);
}

static err run_all(struct push *p)
{
    if (p->options->store)
        return push_store(p);
    for (size_t i = 0; i < p->options->file_count; i++)
        TRY(push_file(p, p->options->files[i]));
    return NULL;
}

err push_run(struct arena *a, const struct push_options *options, struct push_totals *out)
{
    OWNED(remote_close) struct remote remote = {0};
    TRY(remote_open(a, &options->remote, &remote));
    if (!remote.may_write)
        return FAIL(a, ERR_FORBIDDEN, "the server does not let you write to the collection '%.*s'",
                    STR_ARG(options->remote.collection));
    OWNED(push_done)
    struct push p = {.a = a, .remote = &remote, .options = options, .totals = out};
    err failure = run_all(&p);
    if (failure) /* in longer-lived memory */
        return FAIL(a, failure->code, "%.*s", STR_ARG(error_text(a, failure)));
    return NULL;
}
