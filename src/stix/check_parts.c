/*
 * Values with a structure of their own: hashes, dictionaries, extensions, granular markings,
 * translations, marking definitions and the container of observed-data.
 */
#include "stix/check.h"

#include "base/clock.h"
#include "base/num.h"
#include "base/uuid.h"
#include "stix/formats.h"
#include "stix/marking.h"
#include "stix/object.h"
#include "stix/words.h"

static bool is_filled_object(struct check *c, const struct place *at, const char *section,
                             json value)
{
    if (!json_is(value, JSON_OBJECT))
        check_add(c, at, STIX_MUST, section, "must be an object, not %s",
                  json_type_name(json_type(value)));
    else if (json_count(value) == 0)
        check_add(c, at, STIX_MUST, section, "must not be empty");
    else
        return true;
    return false;
}

static bool is_empty_value(json value)
{
    enum json_type type = json_type(value);
    return type == JSON_NULL ||
           ((type == JSON_ARRAY || type == JSON_OBJECT) && json_count(value) == 0);
}

void check_foreign(struct check *c, const struct place *at, json value, enum stix_level empties)
{
    if (is_empty_value(value))
        check_add(c, at, empties, "2.12", "%s null, an empty list or an empty dictionary",
                  empties == STIX_MUST ? "must not be" : "should not be");
    bool is_object = json_is(value, JSON_OBJECT);
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        struct place member = {at, is_object ? w.key : (str){0}, w.index};
        if (w.key.len && memchr(w.key.at, '\0', w.key.len))
            check_add(c, at, STIX_MUST, "2.3", "must not hold a key with U+0000");
        check_foreign(c, &member, w.value, STIX_SHOULD);
    }
}

static bool is_known_hash(str name)
{
    for (size_t i = 0; i < WORDS_HASH_ALGORITHM.count; i++) {
        if (str_eq(WORDS_HASH_ALGORITHM.items[i], name))
            return true;
    }
    return false;
}

void check_hashes(struct check *c, const struct place *at, json value)
{
    if (!is_filled_object(c, at, "2.7", value))
        return;
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        struct place member = {at, w.key, 0};
        if (w.key.len < 3 || !format_is_dictionary_key(w.key))
            check_add(c, &member, STIX_MUST, "2.7",
                      "names of hashes must be 3 to 250 letters, digits, hyphens and underscores");
        else if (!is_known_hash(w.key))
            check_add(c, &member, STIX_SHOULD, "2.7", "should be an algorithm of %s",
                      WORDS_HASH_ALGORITHM.name);
        if (!json_is(w.value, JSON_STRING))
            check_add(c, &member, STIX_MUST, "2.7", "must be a string, not %s",
                      json_type_name(json_type(w.value)));
        else if (!format_hash_is_good(w.key, json_string(w.value)))
            check_add(c, &member, STIX_MUST, "2.7", "must be a hash of the kind its name says");
    }
}

static bool is_list_of_strings(json value)
{
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        if (!json_is(w.value, JSON_STRING))
            return false;
    }
    return json_is(value, JSON_ARRAY) && json_count(value) > 0;
}

static bool is_of_values(enum catalog_values values, json value)
{
    int64_t whole;
    switch (values) {
    case VALUES_STRING:
        return json_is(value, JSON_STRING);
    case VALUES_STRINGS:
        return is_list_of_strings(value);
    case VALUES_INTEGER:
        return json_to_i64(value, &whole);
    case VALUES_SCALAR:
        return json_is(value, JSON_STRING) || json_to_i64(value, &whole);
    case VALUES_ANY:
        break;
    }
    return true;
}

void check_dictionary(struct check *c, const struct place *at, const struct catalog_property *p,
                      json value)
{
    static const char *const WORDS[] = {
        [VALUES_ANY] = "a value",
        [VALUES_STRING] = "a string",
        [VALUES_STRINGS] = "a list of strings",
        [VALUES_INTEGER] = "an integer",
        [VALUES_SCALAR] = "an integer or a string",
    };
    if (!is_filled_object(c, at, "2.3", value))
        return;
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        struct place member = {at, w.key, 0};
        if (!format_is_dictionary_key(w.key))
            check_add(c, &member, STIX_MUST, "2.3",
                      "keys must be 1 to 250 letters, digits, hyphens and underscores");
        if (!is_of_values(p->values, w.value))
            check_add(c, &member, STIX_MUST, "2.3", "must be %s", WORDS[p->values]);
        else
            check_foreign(c, &member, w.value, STIX_MUST);
    }
}

static const struct catalog_shape *find_extension(const struct check *c, str name)
{
    for (size_t i = 0; c->type && i < c->type->extension_count; i++) {
        if (str_eq(c->type->extensions[i].name, name))
            return c->type->extensions[i].shape;
    }
    return NULL;
}

static bool is_word_of(const struct catalog_words *words, str word)
{
    for (size_t i = 0; i < words->count; i++) {
        if (str_eq(words->items[i], word))
            return true;
    }
    return false;
}

/* The extensions we define ourselves are held to their definitions. */
static void check_audience(struct check *c, const struct place *at)
{
    struct marking marking;
    err e = marking_read(c->a, c->object, &marking);
    if (e)
        check_add(c, at, STIX_MUST, "7.3", "%.*s", STR_ARG(e->text));
}

static void check_tlp_2(struct check *c, const struct place *at, json value)
{
    enum tlp label;
    str id = json_get_string(c->object, LIT("id"));
    str word = json_get_string(value, LIT("tlp_2_0"));
    for (size_t i = 0; i < MARKING_BUILTIN_COUNT; i++) {
        const struct marking_builtin *builtin = &MARKING_BUILTINS[i];
        if (builtin->version == 2 && str_eq(builtin->id, id) && tlp_read(word, &label) &&
            label == builtin->label)
            return;
    }
    check_add(c, at, STIX_MUST, "7.2.1",
              "must be one of the five TLP 2.0 marking definitions, under its own id");
}

static void check_declared(struct check *c, const struct place *at, str name, json value)
{
    json type = json_get(value, LIT("extension_type"));
    unsigned version;
    if (!uuid_read(str_skip(name, strlen("extension-definition--")), &version))
        check_add(c, at, STIX_MUST, "3.2", "must be named by the id of an extension definition");
    if (json_is(type, JSON_NONE))
        check_add(c, at, STIX_MUST, "3.2", "must have an extension_type");
    else if (!is_word_of(&WORDS_EXTENSION_TYPE, json_string(type)))
        check_add(c, at, STIX_MUST, "10.5", "extension_type must be a word of %s",
                  WORDS_EXTENSION_TYPE.name);
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        struct place member = {at, w.key, 0};
        if (w.key.len && memchr(w.key.at, '\0', w.key.len))
            check_add(c, at, STIX_MUST, "2.3", "must not hold a key with U+0000");
        check_foreign(c, &member, w.value, STIX_SHOULD);
    }
    if (!str_eq(c->type_name, LIT("marking-definition")))
        return;
    if (str_eq(name, LIT(MARKING_AUDIENCE_EXTENSION)))
        check_audience(c, at);
    else if (str_eq(name, LIT(MARKING_TLP_2_EXTENSION)))
        check_tlp_2(c, at, value);
}

void check_extensions(struct check *c, const struct place *at, json value)
{
    if (!is_filled_object(c, at, "3.2", value))
        return;
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        struct place member = {at, w.key, 0};
        const struct catalog_shape *shape = find_extension(c, w.key);
        if (shape) {
            if (is_filled_object(c, &member, shape->section, w.value))
                check_shape(c, &member, shape, NULL, w.value);
            continue;
        }
        if (!is_filled_object(c, &member, "3.2", w.value))
            continue;
        if (str_starts(w.key, LIT("extension-definition--"))) {
            check_declared(c, &member, w.key, w.value);
            continue;
        }
        if (!format_is_dictionary_key(w.key))
            check_add(c, &member, STIX_MUST, "2.3",
                      "keys must be 1 to 250 letters, digits, hyphens and underscores");
        check_add(c, &member, STIX_SHOULD, "3.2",
                  "should be named by the id of an extension definition");
        check_foreign(c, &member, w.value, STIX_SHOULD);
    }
}

/* "[12]" */
static bool read_index(str part, uint64_t *index)
{
    return part.len > 2 && part.at[0] == '[' && part.at[part.len - 1] == ']' &&
           str_to_u64(str_part(part, 1, part.len - 1), index);
}

static bool selector_resolves(json value, str selector)
{
    str part;
    uint64_t index;
    bool has_part = false;
    while (str_cut(&selector, '.', &part)) {
        has_part = true;
        if (part.len && part.at[0] == '[') {
            if (!json_is(value, JSON_ARRAY) || !read_index(part, &index) ||
                index >= json_count(value))
                return false;
            value = json_at(value, index);
        } else {
            value = json_is(value, JSON_OBJECT) ? json_get(value, part) : (json){0};
        }
        if (json_is(value, JSON_NONE))
            return false;
    }
    return has_part;
}

void check_granular(struct check *c, const struct place *at, const struct catalog_property *p,
                    json value)
{
    check_shape(c, at, p->shape, NULL, value);
    struct place selectors = {at, LIT("selectors"), 0};
    for (struct json_walk w = json_walk(json_get(value, LIT("selectors"))); json_next(&w);) {
        struct place selector = {&selectors, {0}, w.index};
        if (json_is(w.value, JSON_STRING) && !selector_resolves(c->object, json_string(w.value)))
            check_add(c, &selector, STIX_MUST, "7.2.3",
                      "must select what is there, like external_references.[0].url");
    }
}

void check_contents(struct check *c, const struct place *at, json value)
{
    if (!is_filled_object(c, at, "7.1", value))
        return;
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        struct place member = {at, w.key, 0};
        if (!format_is_language(w.key))
            check_add(c, &member, STIX_MUST, "7.1", "must be named by a language tag (RFC 5646)");
        if (!is_filled_object(c, &member, "7.1", w.value))
            continue;
        for (struct json_walk t = json_walk(w.value); json_next(&t);) {
            struct place text = {&member, t.key, 0};
            enum json_type type = json_type(t.value);
            if (type != JSON_STRING && type != JSON_ARRAY && type != JSON_OBJECT)
                check_add(c, &text, STIX_MUST, "7.1", "must be a string, a list or an object");
            check_foreign(c, &text, t.value, STIX_MUST);
        }
    }
}

static bool is_same_time(str a, str b)
{
    int64_t first;
    int64_t second;
    return clock_read(a, &first, NULL) && clock_read(b, &second, NULL) && first == second;
}

/* The four definitions of TLP 1 are the only ones there are (§7.2.1.4). */
static void check_tlp_1(struct check *c, const struct place *at, json value)
{
    str id = json_get_string(c->object, LIT("id"));
    str name = json_get_string(c->object, LIT("name"));
    str created = json_get_string(c->object, LIT("created"));
    str word = json_get_string(value, LIT("tlp"));
    enum tlp label;
    const struct marking_builtin *builtin = NULL;
    for (size_t i = 0; i < MARKING_BUILTIN_COUNT; i++) {
        if (MARKING_BUILTINS[i].version == 1 && str_eq(MARKING_BUILTINS[i].id, id))
            builtin = &MARKING_BUILTINS[i];
    }
    bool is_right_word = tlp_read(word, &label) && builtin && label == builtin->label &&
                         !str_eq(word, LIT("clear")) && char_is_lower(word.at[0]);
    if (!is_right_word) {
        check_add(c, at, STIX_MUST, "7.2.1.4",
                  "must be white, green, amber or red under the id that the standard gives it");
        return;
    }
    struct place other = {at->up, LIT("created"), 0};
    if (!is_same_time(created, LIT("2017-01-20T00:00:00.000Z")))
        check_add(c, &other, STIX_MUST, "7.2.1.4", "must be 2017-01-20T00:00:00.000Z");
    str wanted = arena_print(c->a, "TLP:%.*s", STR_ARG(word));
    other.key = LIT("name");
    if (name.len == 0 && c->edition == CATALOG_2_1)
        check_add(c, &other, STIX_SHOULD, "7.2.1.4", "should be there, as the standard prints it");
    else if (name.len && !str_eq_nocase(name, wanted))
        check_add(c, &other, STIX_MUST, "7.2.1.4", "must be as the standard prints it");
}

void check_definition(struct check *c, const struct place *at, json value)
{
    str type = json_get_string(c->object, LIT("definition_type"));
    if (str_eq(type, LIT("statement")))
        check_shape(c, at, &CATALOG_STATEMENT, NULL, value);
    else if (!is_filled_object(c, at, "7.2.1", value))
        return;
    else if (str_eq(type, LIT("tlp")))
        check_tlp_1(c, at, value);
    else
        check_foreign(c, at, value, STIX_MUST);
}

/* References between the objects of a container must resolve there. */
static void check_local(struct check *c, const struct place *at, json container, json value)
{
    if (json_is(value, JSON_STRING) &&
        json_is(json_get(container, json_string(value)), JSON_NONE) &&
        !stix_id_is_usable(json_string(value)))
        check_add(c, at, STIX_MUST, "2.13", "must name an object of the same container");
}

static void check_locals(struct check *c, const struct place *at, json container, json object)
{
    for (struct json_walk w = json_walk(object); json_next(&w);) {
        struct place member = {at, w.key, 0};
        if (stix_property_is_ref(w.key))
            check_local(c, &member, container, w.value);
        if (!stix_property_is_refs(w.key))
            continue;
        for (struct json_walk r = json_walk(w.value); json_next(&r);) {
            struct place element = {&member, {0}, r.index};
            check_local(c, &element, container, r.value);
        }
    }
}

static void check_observable(struct check *c, const struct place *at, json container, json value)
{
    if (!is_filled_object(c, at, "2.13", value))
        return;
    struct check inner = *c;
    inner.type_name = json_get_string(value, LIT("type"));
    inner.type = catalog_find_observable(inner.type_name);
    inner.object = value;
    inner.top = at;
    inner.custom_count = 0;
    struct place type = {at, LIT("type"), 0};
    if (inner.type)
        check_shape(&inner, at, &inner.type->own, inner.type->common, value);
    else if (inner.type_name.len)
        check_add(c, &type, STIX_SHOULD, "2.13", "should be a type of the standard");
    else
        check_add(c, &type, STIX_MUST, "2.13", "is required and missing");
    check_locals(&inner, at, container, value);
}

void check_container(struct check *c, const struct place *at, json value)
{
    if (!is_filled_object(c, at, "2.13", value))
        return;
    for (struct json_walk w = json_walk(value); json_next(&w);) {
        struct place member = {at, w.key, 0};
        if (w.key.len && memchr(w.key.at, '\0', w.key.len))
            check_add(c, at, STIX_MUST, "2.13", "must not hold a key with U+0000");
        check_observable(c, &member, value, w.value);
    }
}
