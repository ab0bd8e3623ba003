/*
 * Objects of a briefing: written into one submission, checked like everybody's, appended, and read
 * back.
 */
#include "service/briefing_parts.h"

#include "base/uuid.h"
#include "service/item.h"
#include "stix/marking.h"
#include "store/audit.h"

#define BATCH_BYTES_MAX ((size_t)64 << 20)
#define MILLISECOND_US 1000

void batch_init(struct batch *b, struct arena *a, struct session *s, const struct reader *reader,
                int64_t contributor)
{
    const struct policy_org *by = policy_org(s->policy, contributor);
    *b = (struct batch){.a = a,
                        .s = s,
                        .reader = reader,
                        .contributor = contributor,
                        .is_exercise = by && by->is_exercise};
    buf_init(&b->text, BATCH_BYTES_MAX);
    json_writer_init(&b->w, &b->text);
    json_open_array(&b->w);
}

void batch_done(struct batch *b)
{
    buf_done(&b->text);
}

void put_time(struct json_writer *w, const char *key, int64_t time_us)
{
    char text[CLOCK_TEXT_BYTES];
    str whole = clock_write(time_us, text);
    memcpy(text + 23, "Z", 2); /* milliseconds */
    json_member(w, key, str_part(whole, 0, 24));
}

void put_text_if(struct json_writer *w, const char *key, str text)
{
    json_member_if(w, key, text);
}

void put_texts(struct json_writer *w, const char *key, const struct stix_strs *list)
{
    if (list->count == 0)
        return;
    json_key(w, str_of(key));
    json_open_array(w);
    for (size_t i = 0; i < list->count; i++)
        json_put_string(w, list->items[i]);
    json_close_array(w);
}

int64_t batch_next_version(const struct session *s, int64_t before_us)
{
    int64_t now_us = s->now_us - s->now_us % MILLISECOND_US;
    return now_us > before_us ? now_us : before_us + MILLISECOND_US;
}

struct json_writer *batch_open(struct batch *b, const struct object_head *head)
{
    struct json_writer *w = &b->w;
    int64_t modified_us = batch_next_version(b->s, head->modified_us);
    b->count++;
    json_open_object(w);
    json_member(w, "type", str_of(head->type));
    json_member(w, "spec_version", LIT("2.1"));
    json_member(w, "id", head->id);
    json_member(w, "created_by_ref", head->created_by);
    put_time(w, "created", head->created_us ? head->created_us : modified_us);
    put_time(w, "modified", modified_us);
    return w;
}

/* In `list` there is room for one more. */
static void put_markings(struct batch *b, struct stix_strs *list)
{
    if (b->is_exercise)
        list->items[list->count++] = LIT(MARKING_EXERCISE);
    put_texts(&b->w, "object_marking_refs", list);
}

void batch_put_markings(struct batch *b, const struct object_head *head)
{
    str markings[4] = {tlp_marking_id(head->label)};
    struct stix_strs list = {markings, 1, 4};
    for (size_t i = 0; i < 2; i++) {
        if (head->markings[i].len)
            markings[list.count++] = head->markings[i];
    }
    put_markings(b, &list);
}

void batch_close(struct batch *b, const struct object_head *head)
{
    struct json_writer *w = &b->w;
    batch_put_markings(b, head);
    if (head->extension) {
        json_key(w, LIT("extensions"));
        json_open_object(w);
        json_key(w, str_of(head->extension));
        json_open_object(w);
        json_member(w, "extension_type", LIT("new-sdo"));
        json_close_object(w);
        json_close_object(w);
    }
    json_close_object(w);
}

static err append_array(struct batch *b, json array)
{
    struct log_item *items = NEW_ARRAY(b->a, b->count, struct log_item);
    uint32_t collections[] = {b->s->policy->briefings};
    struct log_submission sub = {.reader = b->reader,
                                 .contributor = b->contributor,
                                 .collections = collections,
                                 .collection_count = 1,
                                 .items = items,
                                 .item_count = b->count};
    size_t at = 0;
    for (struct json_walk w = json_walk(array); json_next(&w);) {
        TRY(stix_object_read(b->a, w.value, &items[at].object));
        item_check(b->a, &items[at]);
        at++;
    }
    TRY(log_append(b->a, b->s, &sub));
    for (size_t i = 0; i < b->count; i++) {
        if (items[i].outcome == LOG_REFUSED)
            return FAIL(b->a, ERR_INVALID, "the %.*s was refused: %.*s",
                        STR_ARG(items[i].object.type), STR_ARG(items[i].message));
    }
    return NULL;
}

err batch_append(struct batch *b)
{
    json_close_array(&b->w);
    TRY(buf_check(b->a, &b->text));
    if (b->count == 0)
        return NULL;
    OWNED(json_reader_done) struct json_reader reader = {0};
    json array;
    TRY(json_read(b->a, &reader, buf_str(&b->text), NULL, &array));
    return append_array(b, array);
}

/* Keyed, so that no id can be guessed; in the form of a random one, which STIX asks for. */
str derived_id(struct arena *a, const struct session *s, const char *type, str one, str two)
{
    unsigned char digest[SECRET_DIGEST_BYTES];
    const str parts[] = {LIT("id"), str_of(type), one, two};
    secret_digest_parts(s->store->keys.etag, parts, 4, digest);
    digest[6] = (unsigned char)(0x40 | (digest[6] & 0x0f));
    digest[8] = (unsigned char)(0x80 | (digest[8] & 0x3f));
    str hex = secret_hex(a, digest, 16);
    return arena_print(a, "%s--%.8s-%.4s-%.4s-%.4s-%.12s", type, hex.at, hex.at + 8, hex.at + 12,
                       hex.at + 16, hex.at + 20);
}

str hosts_marking(struct arena *a, const struct session *s, str group)
{
    return derived_id(a, s, "marking-definition", LIT("hosts"), group);
}

str invited_marking(struct arena *a, const struct session *s, str briefing)
{
    return derived_id(a, s, "marking-definition", LIT("invited"), briefing);
}

str item_marking(struct arena *a, const struct session *s, str item)
{
    return derived_id(a, s, "marking-definition", LIT("item"), item);
}

str member_marking(struct arena *a, const struct session *s, str group, str who)
{
    return derived_id(a, s, "marking-definition", group, who);
}

void batch_put_audience(struct batch *b, const struct named_spec *spec)
{
    struct json_writer *w = &b->w;
    b->count++;
    json_open_object(w);
    json_member(w, "type", LIT("marking-definition"));
    json_member(w, "spec_version", LIT("2.1"));
    json_member(w, "id", spec->id);
    json_member(w, "created_by_ref", spec->created_by);
    put_time(w, "created", batch_next_version(b->s, spec->modified_us));
    json_member(w, "name", spec->name);
    str markings[2] = {spec->readers};
    put_markings(b, &(struct stix_strs){markings, spec->readers.len > 0, 2});
    json_key(w, LIT("extensions"));
    json_open_object(w);
    json_key(w, LIT(MARKING_AUDIENCE_EXTENSION));
    json_open_object(w);
    json_member(w, "extension_type", LIT("property-extension"));
    put_texts(w, "organizations", &spec->organizations);
    put_texts(w, "people", &spec->people);
    json_close_object(w);
    json_close_object(w);
    json_close_object(w);
}

void audience_organizations(struct arena *a, json definition, struct stix_strs *out)
{
    json extensions = json_get(definition, LIT("extensions"));
    parsed_texts(a, json_get(extensions, LIT(MARKING_AUDIENCE_EXTENSION)), "organizations", out);
}

err audience_version(struct arena *a, struct session *s, int64_t contributor, str id,
                     int64_t *version_us)
{
    struct log_entries entries = {0};
    TRY(log_entries_of(a, s, id, s->policy->briefings, &entries));
    *version_us = 0;
    for (size_t i = 0; i < entries.count; i++) {
        if (entries.items[i].contributor == contributor &&
            entries.items[i].version_us > *version_us)
            *version_us = entries.items[i].version_us;
    }
    return NULL;
}

/* ---- reading back */

void parsed_done(struct parsed *p)
{
    json_reader_done(&p->reader);
}

err parsed_read(struct arena *a, struct session *s, const struct log_entry *e, struct parsed *out)
{
    struct log_body body;
    TRY(log_body_get(a, s, e->body, &body));
    out->id = body.id;
    return json_read(a, &out->reader, body.bytes, NULL, &out->value);
}

str parsed_text(struct arena *a, json value, const char *key)
{
    return arena_copy(a, json_get_string(value, str_of(key)));
}

int64_t parsed_number(json value, const char *key, int64_t absent)
{
    int64_t number;
    return json_to_i64(json_get(value, str_of(key)), &number) ? number : absent;
}

int64_t parsed_time(json value, const char *key)
{
    int64_t time_us;
    return clock_read(json_get_string(value, str_of(key)), &time_us, NULL) ? time_us : 0;
}

void parsed_texts(struct arena *a, json value, const char *key, struct stix_strs *out)
{
    for (struct json_walk w = json_walk(json_get(value, str_of(key))); json_next(&w);)
        *LIST_ADD(a, out) = arena_copy(a, json_string(w.value));
}

enum tlp parsed_label(json value)
{
    enum tlp strictest = TLP_CLEAR;
    json markings = json_get(value, LIT("object_marking_refs"));
    for (struct json_walk w = json_walk(markings); json_next(&w);) {
        enum tlp one;
        if (tlp_of_marking_id(json_string(w.value), &one) && one > strictest)
            strictest = one;
    }
    return strictest;
}

bool strs_have(const struct stix_strs *list, str text)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_eq(list->items[i], text))
            return true;
    }
    return false;
}

err briefing_record(struct arena *a, struct session *s, const struct reader *r, const char *verb,
                    str object, str detail)
{
    const struct audit_row row = {.actor = r->gate.actor,
                                  .verb = str_of(verb),
                                  .object = object,
                                  .outcome = LIT("ok"),
                                  .detail = detail};
    return audit_put(a, s, &row);
}
