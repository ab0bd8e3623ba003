/*
 * One object, as a page shows it.
 */
#include "service/object_view.h"

#include "base/clock.h"
#include "service/briefing.h"
#include "service/exercise.h"
#include "service/gist.h"
#include "service/inquiry.h"

struct viewing {
    struct arena *a;
    struct session *s;
    const struct reader *r;
    struct object_view *out;
};

err object_entry_get(struct arena *a, struct session *s, const struct reader *r, str id,
                     struct log_entry *out)
{
    struct log_entries found = {0};
    TRY(log_find_end(a, s, r, id, 0, &found));
    if (found.count == 0)
        return FAIL(a, ERR_NOT_FOUND, "there is no such thing here, or you may not see it");
    *out = found.items[0];
    return NULL;
}

/* ---- what it points at */

err object_title_of(struct arena *a, struct session *s, const struct log_entry *entry, str id,
                    str *title)
{
    struct log_body body;
    OWNED(json_reader_done) struct json_reader reader = {0};
    json object;
    TRY(log_body_get_listed(a, s, entry->body, &body));
    if (body.bytes.len)
        TRY(json_read(a, &reader, body.bytes, NULL, &object));
    str called = body.bytes.len ? gist_title(object) : (str){0};
    *title = gist_shorten(a, called.len ? called : id, OBJECT_TITLE_BYTES_MAX);
    return NULL;
}

err object_title_get(struct arena *a, struct session *s, const struct reader *r, str id,
                     struct log_entry *entry, str *title)
{
    *title = (str){0};
    *entry = (struct log_entry){0};
    err absent = object_entry_get(a, s, r, id, entry);
    if (absent)
        return absent->code == ERR_NOT_FOUND ? NULL : absent;
    return object_title_of(a, s, entry, id, title);
}

/* One that is hidden and one that is not there are told alike, by the id that the object has. */
static err add_end(struct viewing *v, str name, str id)
{
    struct object_end end = {.name = arena_copy(v->a, name), .id = arena_copy(v->a, id)};
    if (v->out->ends.count == OBJECT_PARTS_MAX || !stix_id_is_usable(id))
        return NULL;
    TRY(object_title_get(v->a, v->s, v->r, end.id, &end.entry, &end.title));
    *LIST_ADD(v->a, &v->out->ends) = end;
    return NULL;
}

static err add_ends(struct viewing *v, str name, json value)
{
    if (stix_property_is_ref(name))
        return add_end(v, name, json_string(value));
    for (struct json_walk w = json_walk(value); json_next(&w);)
        TRY(add_end(v, name, json_string(w.value)));
    return NULL;
}

/* ---- what may be done with it */

/* Of definitions that are not its contributor's own nothing counts (G5). */
static err add_use(struct viewing *v, str marking)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    struct log_entry entry;
    struct log_body body;
    struct marking m;
    json definition;
    err absent = object_entry_get(v->a, v->s, v->r, marking, &entry);
    if (absent)
        return absent->code == ERR_NOT_FOUND ? NULL : absent;
    if (entry.contributor != v->out->entry.contributor)
        return NULL;
    TRY(log_body_get(v->a, v->s, entry.body, &body));
    TRY(json_read(v->a, &reader, body.bytes, NULL, &definition));
    TRY(marking_read(v->a, definition, &m));
    if (m.kind == MARKING_NAMED && m.use != MARKING_USE_UNSAID)
        *LIST_ADD(v->a, &v->out->uses) = (struct object_use){arena_copy(v->a, m.name), m.use,
                                                             arena_copy(v->a, m.use_text), entry};
    return NULL;
}

static err add_uses(struct viewing *v, json object)
{
    json markings = json_get(object, LIT("object_marking_refs"));
    for (struct json_walk w = json_walk(markings); json_next(&w);)
        TRY(add_use(v, json_string(w.value)));
    return NULL;
}

/* ---- what it says */

/* A text as it is, a list of texts with commas between them, a number or a claim as written. */
static str text_of(struct arena *a, json value)
{
    str all = {0};
    if (json_is(value, JSON_STRING))
        return json_string(value);
    if (!json_is(value, JSON_ARRAY))
        return json_is(value, JSON_OBJECT) ? (str){0} : json_span(value);
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        str one = json_string(w.value);
        if (one.len)
            all = all.len ? arena_print(a, "%.*s, %.*s", STR_ARG(all), STR_ARG(one)) : one;
        if (all.len > OBJECT_TEXT_BYTES_MAX)
            break;
    }
    return all;
}

static void add_part(struct viewing *v, struct object_parts *to, str name, str text)
{
    if (text.len && to->count < OBJECT_PARTS_MAX)
        *LIST_ADD(v->a, to) = (struct object_part){arena_copy(v->a, name),
                                                   gist_shorten(v->a, text, OBJECT_TEXT_BYTES_MAX)};
}

/* What stands elsewhere on the page, or concerns machines alone. */
static bool is_shown_elsewhere(str name)
{
    static const char *const NAMES[] = {
        "type", "id", "spec_version", "object_marking_refs", "created_by_ref", "is_exercise"};
    for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
        if (str_eq(name, str_of(NAMES[i])))
            return true;
    }
    return false;
}

static err add_property(struct viewing *v, str name, json value)
{
    int64_t time_us;
    if (is_shown_elsewhere(name))
        return NULL;
    if (stix_property_is_ref(name) || stix_property_is_refs(name))
        return add_ends(v, name, value);
    bool is_time = clock_read(json_string(value), &time_us, NULL);
    add_part(v, is_time ? &v->out->times : &v->out->texts, name, text_of(v->a, value));
    return NULL;
}

static err read_object(struct viewing *v, str bytes)
{
    OWNED(json_reader_done) struct json_reader reader = {0};
    json object;
    TRY(json_read(v->a, &reader, bytes, NULL, &object));
    v->out->title = gist_shorten(v->a, gist_title(object), OBJECT_TITLE_BYTES_MAX);
    v->out->briefing = arena_copy(v->a, gist_briefing(object));
    v->out->is_answer = gist_question(v->s, &v->out->entry, object).len > 0;
    for (struct json_walk w = json_walk(object); json_next(&w);)
        TRY(add_property(v, w.key, w.value));
    return add_uses(v, object);
}

/* ---- who may see it */

err object_viewers(struct arena *a, struct session *s, const struct reader *r, str id,
                   struct admin_viewers *out)
{
    struct admin_question q;
    TRY(inquiry_question(a, s, r, id, &q));
    return admin_may_see_in(a, s, &q, out);
}

err object_view_get(struct arena *a, struct session *s, const struct reader *r, str id,
                    struct object_view *out)
{
    struct object_view view = {.id = arena_copy(a, id), .type = arena_copy(a, stix_id_type(id))};
    struct viewing v = {.a = a, .s = s, .r = r, .out = &view};
    struct log_body body;
    TRY(object_entry_get(a, s, r, id, &view.entry));
    TRY(log_body_get(a, s, view.entry.body, &body));
    view.label = audience_get(s->store->audiences, view.entry.clause)->clauses[0].label;
    view.source = briefing_source(a, s, view.entry.contributor);
    view.is_exercise = exercise_holds(s, &view.entry);
    view.may_ask = inquiry_as(s, r, view.entry.contributor) != NULL;
    if (body.bytes.len <= OBJECT_RAW_BYTES_MAX)
        view.raw = body.bytes;
    TRY(read_object(&v, body.bytes));
    *out = view;
    return NULL;
}
