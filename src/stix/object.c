/*
 * The envelope: one pass over the members of an object, and one over what is nested, for
 * references.
 */
#include "stix/object.h"

#include "base/clock.h"
#include "base/num.h"
#include "base/uuid.h"
#include "stix/catalog.h"

/* Which types point (G6) and which contain (G7). */
struct role_of_type {
    str type;
    bool is_pointing;
    bool is_container;
};

static const struct role_of_type ROLES_OF_TYPES[] = {
    {LIT_INIT("relationship"), true, false},   {LIT_INIT("sighting"), true, false},
    {LIT_INIT("note"), true, false},           {LIT_INIT("opinion"), true, false},
    {LIT_INIT("question"), true, false},       {LIT_INIT("outcome"), true, false},
    {LIT_INIT("briefing-plan"), true, false},  {LIT_INIT("briefing-join"), true, false},
    {LIT_INIT("briefing-item"), true, false},  {LIT_INIT("briefing-invitation"), true, false},
    {LIT_INIT("briefing-reply"), true, false}, {LIT_INIT("attendance"), true, false},
    {LIT_INIT("briefing-host"), true, false},  {LIT_INIT("approval"), true, false},
    {LIT_INIT("commitment"), true, false},     {LIT_INIT("correction"), true, false},
    {LIT_INIT("action"), true, false},         {LIT_INIT("absence"), true, false},
    {LIT_INIT("widening"), true, false},       {LIT_INIT("widening-answer"), true, false},
    {LIT_INIT("report"), false, true},         {LIT_INIT("grouping"), false, true},
    {LIT_INIT("briefing"), false, true},       {LIT_INIT("briefing-material"), true, false},
};

/*
 * Who is meant is no end: a person is no object of the log, and a member's identity is read by
 * every member. Whoever names another object by one of these names points at it all the same.
 */
static const str MEANT[] = {
    LIT_INIT("person_ref"),    LIT_INIT("person_refs"),       LIT_INIT("organization_ref"),
    LIT_INIT("delegate_ref"),  LIT_INIT("organization_refs"), LIT_INIT("association_refs"),
    LIT_INIT("presenter_ref"), LIT_INIT("audience_refs"),     LIT_INIT("candidate_ref"),
    LIT_INIT("deputy_refs"),   LIT_INIT("noted_by_ref"),
};

bool stix_property_is_ref(str name)
{
    return str_ends(name, LIT("_ref"));
}

bool stix_property_is_refs(str name)
{
    return str_ends(name, LIT("_refs"));
}

str stix_id_type(str id)
{
    /* Of two hyphens one stands at an odd place. */
    for (size_t at = 1; at < id.len; at += 2) {
        if (id.at[at] != '-')
            continue;
        if (id.at[at - 1] == '-')
            return str_part(id, 0, at - 1);
        if (at + 1 < id.len && id.at[at + 1] == '-')
            return str_part(id, 0, at);
    }
    return (str){0};
}

bool stix_id_is_usable(str id)
{
    str type = stix_id_type(id);
    if (type.len == 0 || type.len + 2 + UUID_TEXT_BYTES != id.len)
        return false;
    for (size_t i = 0; i < type.len; i++) {
        char c = type.at[i];
        if (!char_is_lower(c) && !char_is_digit(c) && c != '-')
            return false;
    }
    return uuid_is_shape(str_skip(id, type.len + 2));
}

bool stix_type_is_sco(str type)
{
    const struct catalog_type *t = catalog_find(CATALOG_2_1, type);
    return t && t->class == CATALOG_SCO;
}

static void add_id(struct arena *a, struct stix_strs *list, json value)
{
    str id = json_string(value);
    if (stix_id_is_usable(id))
        *LIST_ADD(a, list) = id;
}

static void add_ids(struct arena *a, struct stix_strs *list, json value)
{
    for (struct json_walk w = json_walk(value); json_next(&w);)
        add_id(a, list, w.value);
}

/* Adds what a property named like a reference holds; false for any other property. */
static bool add_if_ref(struct arena *a, struct stix_strs *list, str name, json value)
{
    if (stix_property_is_ref(name))
        add_id(a, list, value);
    else if (stix_property_is_refs(name))
        add_ids(a, list, value);
    else
        return false;
    return true;
}

/* References at any depth; the reader's depth limit bounds the recursion. */
static void add_nested_refs(struct arena *a, struct stix_strs *list, json value)
{
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        if (!add_if_ref(a, list, w.key, w.value))
            add_nested_refs(a, list, w.value);
    }
}

/* What is no id is kept, too (the empty str for what is no string): an unknown marking restricts.
 */
static void add_marking(struct arena *a, struct stix_strs *list, json value)
{
    *LIST_ADD(a, list) = json_string(value);
}

static void read_markings(struct arena *a, json value, struct stix_object *o)
{
    if (!json_is(value, JSON_ARRAY))
        add_marking(a, &o->markings, value);
    for (struct json_walk w = json_walk(value); json_next(&w);)
        add_marking(a, &o->markings, w.value);
}

/* A granular marking without marking_ref tells a language. */
static void read_granular(struct arena *a, json list, struct stix_object *o)
{
    for (struct json_walk w = json_walk(list); json_next(&w);) {
        json marking = json_get(w.value, LIT("marking_ref"));
        if (!json_is(marking, JSON_NONE))
            add_marking(a, &o->granular, marking);
    }
}

/* The content of a briefing also lies in its agenda, so containers are searched at any depth. */
static void add_contents(struct arena *a, struct stix_strs *list, json value)
{
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        if (str_eq(w.key, LIT("object_refs")) || str_eq(w.key, LIT("object_ref")))
            add_if_ref(a, list, w.key, w.value);
        else
            add_contents(a, list, w.value);
    }
}

static bool is_meant(str key, str id)
{
    for (size_t i = 0; i < COUNT_OF(MEANT); i++) {
        if (str_eq(MEANT[i], key))
            return str_starts(id, LIT("identity--"));
    }
    return str_eq(key, LIT("created_by_ref"));
}

static void read_refs_member(struct arena *a, str key, json value, struct stix_object *o)
{
    size_t before = o->refs.count;
    if (!add_if_ref(a, &o->refs, key, value)) {
        add_nested_refs(a, &o->refs, value);
        return;
    }
    for (size_t i = before; o->is_pointing && i < o->refs.count; i++) {
        if (!is_meant(key, o->refs.items[i]))
            *LIST_ADD(a, &o->ends) = o->refs.items[i];
    }
}

static bool has_zero_byte(str s)
{
    return s.len && memchr(s.at, '\0', s.len) != NULL;
}

struct times {
    str created;
    str modified;
    str spec;
};

static void read_member(struct arena *a, str key, json value, struct times *times,
                        struct stix_object *o)
{
    if (str_eq(key, LIT("object_marking_refs")))
        read_markings(a, value, o);
    else if (str_eq(key, LIT("granular_markings")))
        read_granular(a, value, o);
    else if (str_eq(key, LIT("created")))
        times->created = json_string(value);
    else if (str_eq(key, LIT("modified")))
        times->modified = json_string(value);
    else if (str_eq(key, LIT("spec_version")))
        times->spec = json_string(value);
    else if (str_eq(key, LIT("name")))
        o->name = json_string(value);
    else if (str_eq(key, LIT("revoked")))
        o->is_revoked = json_is(value, JSON_TRUE);
    else
        read_refs_member(a, key, value, o);
    if (str_eq(key, LIT("created_by_ref")))
        o->created_by_ref = json_string(value);
}

static void set_version(const struct times *times, struct stix_object *o)
{
    int64_t created_us;
    int64_t modified_us;
    o->has_created = clock_read(times->created, &created_us, NULL);
    o->has_modified = clock_read(times->modified, &modified_us, NULL);
    if (o->has_modified) {
        o->version_us = modified_us;
        o->version_text = times->modified;
    } else if (o->has_created) {
        o->version_us = created_us;
        o->version_text = times->created;
    }
}

/* Rule L4. A type of nobody's standard is 2.0 if it is versioned as SDOs are. */
static void set_spec(const struct times *times, struct stix_object *o)
{
    o->is_sco = stix_type_is_sco(o->type);
    bool is_old = !o->is_sco && (times->created.len || times->modified.len ||
                                 catalog_find(CATALOG_2_0, o->type) != NULL);
    if (times->spec.len)
        is_old = str_eq(times->spec, LIT("2.0"));
    o->spec = is_old ? LIT("2.0") : LIT("2.1");
}

static void set_role(struct stix_object *o)
{
    for (size_t i = 0; i < COUNT_OF(ROLES_OF_TYPES); i++) {
        if (str_eq(o->type, ROLES_OF_TYPES[i].type)) {
            o->is_pointing = ROLES_OF_TYPES[i].is_pointing;
            o->is_container = ROLES_OF_TYPES[i].is_container;
        }
    }
}

err stix_object_read(struct arena *a, json value, struct stix_object *out)
{
    if (!json_is(value, JSON_OBJECT))
        return FAIL(a, ERR_INVALID, "a STIX object is expected here, not %s",
                    json_type_name(json_type(value)));
    struct stix_object o = {.value = value, .bytes = json_span(value)};
    o.type = json_get_string(value, LIT("type"));
    o.id = json_get_string(value, LIT("id"));
    if (o.type.len == 0)
        return FAIL(a, ERR_INVALID, "the object has no type");
    if (o.id.len == 0)
        return FAIL(a, ERR_INVALID, "the object has no id");
    if (has_zero_byte(o.type) || has_zero_byte(o.id))
        return FAIL(a, ERR_INVALID, "U+0000 may not stand in the type or the id of an object");
    if (!stix_id_is_usable(o.id))
        return FAIL(a, ERR_INVALID, "the id \"%.*s\" is not of the form TYPE--UUID", STR_ARG(o.id));

    set_role(&o);
    struct times times = {0};
    for (struct json_walk w = json_walk(value); json_next(&w);)
        read_member(a, w.key, w.value, &times, &o);
    set_version(&times, &o);
    set_spec(&times, &o);
    if (o.is_container)
        add_contents(a, &o.contents, value);
    *out = o;
    return NULL;
}
