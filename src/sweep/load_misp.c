/*
 * MISP: events with attributes, some of them in objects, or attributes as a search finds them.
 * Only attributes that are meant for detection (to_ids) count.
 */
#include "base/num.h"
#include "sweep/load.h"

#define PARTS_MAX 2

/* Types of attributes; of "a|b" the part before or behind the bar. */
static const struct {
    str type;
    enum sweep_kind kind;
} TYPES[] = {
    {LIT_INIT("domain"), SWEEP_DOMAIN},
    {LIT_INIT("hostname"), SWEEP_DOMAIN},
    {LIT_INIT("ip-src"), SWEEP_NET},
    {LIT_INIT("ip-dst"), SWEEP_NET},
    {LIT_INIT("ip"), SWEEP_NET},
    {LIT_INIT("url"), SWEEP_URL},
    {LIT_INIT("md5"), SWEEP_HASH},
    {LIT_INIT("sha1"), SWEEP_HASH},
    {LIT_INIT("sha256"), SWEEP_HASH},
    {LIT_INIT("sha512"), SWEEP_HASH},
    {LIT_INIT("filename"), SWEEP_FILE},
    {LIT_INIT("email"), SWEEP_EMAIL},
    {LIT_INIT("email-src"), SWEEP_EMAIL},
    {LIT_INIT("email-dst"), SWEEP_EMAIL},
    {LIT_INIT("email-reply-to"), SWEEP_EMAIL},
    {LIT_INIT("target-email"), SWEEP_EMAIL},
    {LIT_INIT("link"), SWEEP_URL},
    {LIT_INIT("imphash"), SWEEP_HASH},
    {LIT_INIT("ja3-fingerprint-md5"), SWEEP_HASH},
    {LIT_INIT("hassh-md5"), SWEEP_HASH},
    {LIT_INIT("hasshserver-md5"), SWEEP_HASH},
    {LIT_INIT("x509-fingerprint-md5"), SWEEP_HASH},
    {LIT_INIT("x509-fingerprint-sha1"), SWEEP_HASH},
    {LIT_INIT("x509-fingerprint-sha256"), SWEEP_HASH},
    {LIT_INIT("twitter-id"), SWEEP_ACCOUNT},
    {LIT_INIT("github-username"), SWEEP_ACCOUNT},
};

bool load_is_misp(json object)
{
    return json_is(json_get(object, LIT("Event")), JSON_OBJECT) ||
           json_is(json_get(object, LIT("response")), JSON_ARRAY) ||
           json_is(json_get(json_get(object, LIT("response")), LIT("Attribute")), JSON_ARRAY);
}

static bool kind_of_type(str type, enum sweep_kind *out)
{
    for (size_t i = 0; i < COUNT_OF(TYPES); i++) {
        if (str_eq(TYPES[i].type, type)) {
            *out = TYPES[i].kind;
            return true;
        }
    }
    return false;
}

static void read_tags(json tags, struct sweep_indicator *i)
{
    for (struct json_walk w = json_walk(tags); json_next(&w);) {
        enum tlp label;
        str name = json_get_string(w.value, LIT("name"));
        if (!str_eq_nocase(str_part(name, 0, 4), LIT("tlp:")) || !tlp_read(name, &label))
            continue;
        if (!i->is_labelled || label > i->label)
            i->label = label;
        i->is_labelled = true;
    }
}

/* Why the part of an attribute is no value that is looked for; NULL: it is `*out`. */
static err read_part(struct arena *a, str type, str text, struct sweep_value *out)
{
    enum sweep_kind kind;
    if (!kind_of_type(type, &kind))
        return FAIL(a, ERR_NOT_FOUND, "logs cannot be searched for this type of attribute");
    return sweep_value_make(a, kind, text, out);
}

/*
 * The value, or of "filename|sha256" the parts that logs can be searched for: one is enough, and
 * the other is named. A port is no part that could be met alone.
 */
static err add_parts(struct sweep_load *l, str type, str value, struct sweep_indicator *i)
{
    struct sweep_value values[PARTS_MAX];
    size_t count = 0;
    err failure = NULL;
    str part;
    str text;
    if (str_eq(type, LIT("malware-sample")))
        type = LIT("filename|md5");
    for (size_t at = 0; at < PARTS_MAX && str_cut(&type, '|', &part) && str_cut(&value, '|', &text);
         at++) {
        err why_not = read_part(&l->scratch, part, text, &values[count]);
        count += why_not == NULL;
        if (why_not == NULL || str_eq(part, LIT("port")))
            continue;
        failure = failure && failure->code != ERR_NOT_FOUND ? failure : why_not;
        i->left_out = arena_print(&l->scratch, "%.*s: %.*s", STR_ARG(part),
                                  STR_ARG(error_text(&l->scratch, why_not)));
    }
    if (count == 0)
        return failure ? failure
                       : FAIL(&l->scratch, ERR_NOT_FOUND,
                              "logs cannot be searched for this type of attribute");
    return load_add(l, i, values, count);
}

static err add_attribute(struct sweep_load *l, json attribute, const struct sweep_indicator *event,
                         uint64_t line)
{
    if (!json_is(json_get(attribute, LIT("to_ids")), JSON_TRUE) ||
        json_is(json_get(attribute, LIT("deleted")), JSON_TRUE))
        return NULL;
    struct sweep_indicator i = *event;
    str uuid = json_get_string(attribute, LIT("uuid"));
    arena_reset(&l->scratch);
    i.id = arena_join(&l->scratch, LIT("indicator--"), uuid, LIT(""));
    read_tags(json_get(attribute, LIT("Tag")), &i);
    err failure = add_parts(l, json_get_string(attribute, LIT("type")),
                            json_get_string(attribute, LIT("value")), &i);
    if (failure == NULL || failure->code == ERR_TOO_LARGE)
        return failure;
    str why = error_text(&l->scratch, failure);
    if (failure->code != ERR_NOT_FOUND)
        load_trouble(l, line,
                     arena_print(&l->scratch, "attribute %.*s: %.*s", STR_ARG(uuid), STR_ARG(why)));
    return load_leave_out(l, &i, why);
}

static err add_attributes(struct sweep_load *l, json list, const struct sweep_indicator *event,
                          uint64_t line)
{
    for (struct json_walk w = json_walk(list); json_next(&w);)
        TRY(add_attribute(l, w.value, event, line));
    return NULL;
}

/* What an event says of all its attributes. */
static struct sweep_indicator read_event(json event)
{
    struct sweep_indicator i = {
        .name = json_get_string(event, LIT("info")),
        .source = json_get_string(json_get(event, LIT("Orgc")), LIT("name")),
        .confidence = SWEEP_CONFIDENCE_NONE,
    };
    read_tags(json_get(event, LIT("Tag")), &i);
    return i;
}

static err add_event(struct sweep_load *l, json event, uint64_t line)
{
    struct sweep_indicator i = read_event(event);
    TRY(add_attributes(l, json_get(event, LIT("Attribute")), &i, line));
    for (struct json_walk w = json_walk(json_get(event, LIT("Object"))); json_next(&w);)
        TRY(add_attributes(l, json_get(w.value, LIT("Attribute")), &i, line));
    return NULL;
}

/* Attributes alone, each with a little of its event. */
static err add_found_attributes(struct sweep_load *l, json list, uint64_t line)
{
    for (struct json_walk w = json_walk(list); json_next(&w);) {
        struct sweep_indicator i = read_event(json_get(w.value, LIT("Event")));
        TRY(add_attribute(l, w.value, &i, line));
    }
    return NULL;
}

err load_misp(struct sweep_load *l, json object, uint64_t line)
{
    json event = json_get(object, LIT("Event"));
    if (json_is(event, JSON_OBJECT))
        TRY(add_event(l, event, line));
    json response = json_get(object, LIT("response"));
    if (json_is(response, JSON_OBJECT))
        return add_found_attributes(l, json_get(response, LIT("Attribute")), line);
    for (struct json_walk w = json_walk(response); json_next(&w);)
        TRY(add_event(l, json_get(w.value, LIT("Event")), line));
    return NULL;
}
