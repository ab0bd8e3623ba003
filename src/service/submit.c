/*
 * Submitting objects over the network.
 */
#include "service/submit.h"

#include "base/clock.h"
#include "base/uuid.h"
#include "service/item.h"
#include "service/login.h"
#include "stix/bundle.h"
#include "store/audit.h"
#include "store/status.h"
#include "json/write.h"

#include <stdlib.h>

#define ID_BYTES_MAX 512
#define STATUS_BYTES_MAX ((size_t)256 << 20)

void submission_close(struct submission *sub)
{
    if (sub == NULL)
        return;
    json_reader_done(&sub->json_reader);
    arena_done(&sub->arena);
    free(sub);
}

/* An id that breaks the rules can still name its object in the status; none at all cannot (L9). */
static bool refuse_by_name(json value, struct log_item *item, str why)
{
    str id = json_get_string(value, LIT("id"));
    if (id.len == 0 || id.len > ID_BYTES_MAX || memchr(id.at, 0, id.len))
        return false;
    item->object.id = id;
    item->outcome = LOG_REFUSED;
    item->message = why;
    return true;
}

static err read_items(struct arena *a, struct submission *sub, json objects)
{
    size_t at = 0;
    sub->items = NEW_ARRAY(&sub->arena, sub->item_count, struct log_item);
    for (struct json_walk w = json_walk(objects); json_next(&w); at++) {
        struct log_item *item = &sub->items[at];
        err e = stix_object_read(&sub->arena, w.value, &item->object);
        if (e == NULL)
            item_check(&sub->arena, item);
        else if (!refuse_by_name(w.value, item, error_text(&sub->arena, e)))
            return FAIL(a, ERR_INVALID, "objects[%zu]: %.*s", at,
                        STR_ARG(error_text(&sub->arena, e)));
    }
    return NULL;
}

static err read_envelope(struct arena *a, struct submission *sub, size_t objects_max)
{
    struct bundle envelope;
    TRY(bundle_read(a, &sub->json_reader, sub->body, objects_max, &envelope));
    if (envelope.kind != BUNDLE_ENVELOPE && envelope.kind != BUNDLE_STIX)
        return FAIL(a, ERR_INVALID, "the body must be a TAXII envelope: {\"objects\": [...]}");
    if (json_is(envelope.objects, JSON_ARRAY) && envelope.object_count == 0)
        return FAIL(a, ERR_INVALID, "\"objects\" is empty; leave it out or put objects into it");
    if (!json_is(envelope.objects, JSON_ARRAY))
        return FAIL(a, ERR_INVALID, "the envelope has no list \"objects\"");
    sub->item_count = envelope.object_count;
    return read_items(a, sub, envelope.objects);
}

err submission_read(struct arena *a, str body, size_t objects_max, struct submission **out)
{
    struct submission *sub = calloc(1, sizeof(*sub));
    ASSERT(sub != NULL);
    arena_init(&sub->arena, (size_t)256 * 1024);
    sub->body = arena_copy(&sub->arena, body);
    sub->requested_us = clock_now_us();
    err failure = read_envelope(a, sub, objects_max);
    if (failure) {
        submission_close(sub);
        return failure;
    }
    *out = sub;
    return NULL;
}

static str version_of(const struct log_item *item, char text[CLOCK_TEXT_BYTES])
{
    if (item->object.version_text.len)
        return item->object.version_text;
    if (item->version_us == 0)
        return clock_write(clock_now_us(), text);
    return clock_write(item->version_us, text);
}

static void put_detail(struct json_writer *w, const struct log_item *item)
{
    char text[CLOCK_TEXT_BYTES];
    json_open_object(w);
    json_member(w, "id", item->object.id);
    json_member(w, "version", version_of(item, text));
    json_member_if(w, "message", item->message);
    json_close_object(w);
}

static void put_details(struct json_writer *w, const struct submission *sub, const char *key,
                        bool wants_refused)
{
    json_key(w, str_of(key));
    json_open_array(w);
    for (size_t i = 0; i < sub->item_count; i++) {
        if ((sub->items[i].outcome == LOG_REFUSED) == wants_refused)
            put_detail(w, &sub->items[i]);
    }
    json_close_array(w);
}

static err write_status(struct arena *a, struct submission *sub)
{
    OWNED(buf_done) struct buf text;
    buf_init(&text, STATUS_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    char time[CLOCK_TEXT_BYTES];
    size_t success_count = sub->item_count - sub->failure_count;
    json_open_object(&w);
    json_member(&w, "id", sub->status_id);
    json_member(&w, "status", LIT("complete"));
    json_member(&w, "request_timestamp", clock_write(sub->requested_us, time));
    json_member_i64(&w, "total_count", (int64_t)sub->item_count);
    json_member_i64(&w, "success_count", (int64_t)success_count);
    if (success_count)
        put_details(&w, sub, "successes", false);
    json_member_i64(&w, "failure_count", (int64_t)sub->failure_count);
    if (sub->failure_count)
        put_details(&w, sub, "failures", true);
    json_member_i64(&w, "pending_count", 0);
    json_close_object(&w);
    TRY(buf_check(a, &text));
    sub->status_json = arena_copy(&sub->arena, buf_str(&text));
    return NULL;
}

static err audit_submission(struct arena *a, struct session *s, const struct submission *sub)
{
    const struct policy_collection *c = policy_collection(s->policy, sub->collection);
    const struct audit_row row = {
        .actor = sub->reader.gate.actor,
        .verb = LIT("objects.post"),
        .object = c->id,
        .outcome = LIT("ok"),
        .detail = arena_print(a, "status %.*s: %zu objects, %zu refused", STR_ARG(sub->status_id),
                              sub->item_count, sub->failure_count),
    };
    return audit_put(a, s, &row);
}

/* Rights may have changed since the request came in (G10). */
static err check_rights(struct arena *a, struct session *s, struct submission *sub)
{
    const struct identity who = {.org = sub->org, .person = sub->person, .token = sub->token};
    /* In the writer's arena: a failure is read when the submission is closed already. */
    TRY(login_reader(a, s, &who, &sub->reader));
    if (!reader_may_write_collection(&sub->reader, sub->collection))
        return FAIL(a, ERR_FORBIDDEN, "you may not write to this collection");
    return reader_intern_actor(a, s, &sub->reader);
}

err submission_append(struct arena *a, struct session *s, struct submission *sub)
{
    TRY(check_rights(a, s, sub));
    struct log_submission log = {.reader = &sub->reader,
                                 .contributor = sub->org,
                                 .collections = &sub->collection,
                                 .collection_count = 1,
                                 .items = sub->items,
                                 .item_count = sub->item_count};
    TRY(log_append(a, s, &log));
    sub->failure_count = 0;
    for (size_t i = 0; i < sub->item_count; i++) {
        struct log_item *item = &sub->items[i];
        sub->failure_count += item->outcome == LOG_REFUSED;
        item->message = arena_copy(&sub->arena, item->message);
    }
    sub->status_id = uuid_random(&sub->arena);
    TRY(write_status(a, sub));
    const struct status status = {.id = sub->status_id,
                                  .text = sub->status_json,
                                  .actor = sub->reader.gate.actor,
                                  .org = sub->org};
    TRY(status_put(a, s, &status));
    return audit_submission(a, s, sub);
}
