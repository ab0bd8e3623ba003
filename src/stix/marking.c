/*
 * Reading marking definitions: which label they carry, or whom they name.
 */
#include "stix/marking.h"

#include "base/error.h"
#include "base/num.h"
#include "stix/jurisdiction.h"
#include "stix/object.h"

static const str TLP_NAMES[] = {LIT_INIT("TLP:CLEAR"), LIT_INIT("TLP:GREEN"), LIT_INIT("TLP:AMBER"),
                                LIT_INIT("TLP:AMBER+STRICT"), LIT_INIT("TLP:RED")};
static const str TLP_WORDS[] = {LIT_INIT("clear"), LIT_INIT("green"), LIT_INIT("amber"),
                                LIT_INIT("amber+strict"), LIT_INIT("red")};

/* Definitions in wide use that say TLP in their own way (G3). */
static const struct {
    str id;
    enum tlp label;
} KNOWN_SPELLINGS[] = {
    {LIT_INIT("marking-definition--826578e1-40ad-459f-bc73-ede076f81f37"), TLP_AMBER_STRICT},
};

str tlp_name(enum tlp label)
{
    ASSERT(label < TLP_COUNT);
    return TLP_NAMES[label];
}

str tlp_word(enum tlp label)
{
    ASSERT(label < TLP_COUNT);
    return TLP_WORDS[label];
}

bool tlp_is_within(enum tlp label, enum tlp ceiling)
{
    return label <= ceiling || (label == TLP_AMBER_STRICT && ceiling == TLP_AMBER);
}

bool tlp_read(str text, enum tlp *out)
{
    if (str_eq_nocase(str_part(text, 0, 4), LIT("TLP:")))
        text = str_skip(text, 4);
    for (unsigned i = 0; i < TLP_COUNT; i++) {
        if (str_eq_nocase(text, TLP_WORDS[i])) {
            *out = (enum tlp)i;
            return true;
        }
    }
    if (!str_eq_nocase(text, LIT("white")))
        return false;
    *out = TLP_CLEAR;
    return true;
}

str tlp_marking_id(enum tlp label)
{
    for (size_t i = 0; i < MARKING_BUILTIN_COUNT; i++) {
        if (MARKING_BUILTINS[i].version == 2 && MARKING_BUILTINS[i].label == label)
            return MARKING_BUILTINS[i].id;
    }
    assert_failed("every label has a definition of TLP 2", __FILE__, __LINE__);
}

bool tlp_of_marking_id(str id, enum tlp *out)
{
    for (size_t i = 0; i < MARKING_BUILTIN_COUNT; i++) {
        if (str_eq(MARKING_BUILTINS[i].id, id)) {
            *out = MARKING_BUILTINS[i].label;
            return true;
        }
    }
    for (size_t i = 0; i < COUNT_OF(KNOWN_SPELLINGS); i++) {
        if (str_eq(KNOWN_SPELLINGS[i].id, id)) {
            *out = KNOWN_SPELLINGS[i].label;
            return true;
        }
    }
    return false;
}

/* A name that is not known might have been meant to restrict, so it is refused, not passed over. */
static err check_names(struct arena *a, json object, const str *names, size_t count)
{
    for (struct json_walk w = json_walk(object); json_next(&w);) {
        bool is_known = false;
        for (size_t i = 0; i < count && !is_known; i++)
            is_known = str_eq(w.key, names[i]);
        if (!is_known)
            return FAIL(a, ERR_INVALID, "a named audience has no property %.*s", STR_ARG(w.key));
    }
    return NULL;
}

static err read_list(struct arena *a, json extension, const char *name, json *list)
{
    *list = json_get(extension, str_of(name));
    if (json_is(*list, JSON_NONE))
        return NULL;
    if (!json_is(*list, JSON_ARRAY) || json_count(*list) == 0)
        return FAIL(a, ERR_INVALID, "%s of a named audience is a list with at least one element",
                    name);
    for (struct json_walk w = json_walk(*list); json_next(&w);) {
        if (!json_is(w.value, JSON_STRING))
            return FAIL(a, ERR_INVALID, "%s[%zu] of a named audience is %s, not a string", name,
                        w.index, json_type_name(json_type(w.value)));
    }
    return NULL;
}

struct id_list {
    const char *name;
    str type;
};

static err read_ids(struct arena *a, json extension, struct id_list what, struct marking_strs *out)
{
    json list;
    TRY(read_list(a, extension, what.name, &list));
    for (struct json_walk w = json_walk(list); json_next(&w);) {
        str id = json_string(w.value);
        if (!stix_id_is_usable(id) || !str_eq(stix_id_type(id), what.type))
            return FAIL(a, ERR_INVALID, "%s[%zu] of a named audience is no id of type %.*s: %.*s",
                        what.name, w.index, STR_ARG(what.type), STR_ARG(id));
        *LIST_ADD(a, out) = id;
    }
    return NULL;
}

static err read_sectors(struct arena *a, json extension, unsigned *out)
{
    json list;
    TRY(read_list(a, extension, "sectors", &list));
    for (struct json_walk w = json_walk(list); json_next(&w);) {
        enum sector sector;
        if (!sector_read(json_string(w.value), &sector))
            return FAIL(a, ERR_INVALID, "there is no sector %.*s; sectors are %s",
                        STR_ARG(json_string(w.value)), sector_words());
        *out |= 1u << sector;
    }
    return NULL;
}

static err read_roles(struct arena *a, json extension, unsigned *out)
{
    json list;
    TRY(read_list(a, extension, "roles", &list));
    for (struct json_walk w = json_walk(list); json_next(&w);) {
        enum role role;
        if (!role_read(json_string(w.value), &role))
            return FAIL(a, ERR_INVALID, "there is no role %.*s; roles are %s",
                        STR_ARG(json_string(w.value)), role_words());
        *out |= 1u << role;
    }
    return NULL;
}

static err read_jurisdictions(struct arena *a, json extension, struct marking_strs *out)
{
    json list;
    TRY(read_list(a, extension, "jurisdictions", &list));
    for (struct json_walk w = json_walk(list); json_next(&w);) {
        str text = json_string(w.value);
        if (!jurisdiction_is_canonical(text))
            return FAIL(a, ERR_INVALID,
                        "%.*s is no jurisdiction; write us, us-39 (state), us-39-c035 (county) or "
                        "us-39-p16000 (place)",
                        STR_ARG(text));
        *LIST_ADD(a, out) = text;
    }
    return NULL;
}

str marking_use_name(enum marking_use use)
{
    static const str NAMES[] = {
        {0}, LIT_INIT("none"), LIT_INIT("ask"), LIT_INIT("internal"), LIT_INIT("visible")};
    return NAMES[use];
}

bool marking_use_read(str name, enum marking_use *out)
{
    for (int use = MARKING_USE_NONE; use < MARKING_USE_COUNT; use++) {
        if (!str_eq(name, marking_use_name((enum marking_use)use)))
            continue;
        *out = (enum marking_use)use;
        return true;
    }
    return false;
}

static err read_use(struct arena *a, json extension, struct marking *m)
{
    json use = json_get(extension, LIT("use"));
    if (json_is(use, JSON_NONE))
        return NULL;
    json text = json_get(use, LIT("text"));
    if (!json_is(use, JSON_OBJECT) || !(json_is(text, JSON_STRING) || json_is(text, JSON_NONE)))
        return FAIL(a, ERR_INVALID, "use of a named audience is {\"action\": …, \"text\": …}");
    static const str NAMES[] = {LIT_INIT("action"), LIT_INIT("text")};
    TRY(check_names(a, use, NAMES, COUNT_OF(NAMES)));
    if (marking_use_read(json_get_string(use, LIT("action")), &m->use)) {
        m->use_text = json_string(text);
        return NULL;
    }
    return FAIL(a, ERR_INVALID, "use.action of a named audience is none, ask, internal or visible");
}

/* With another extension beside it, which may restrict further, the whole is not understood. */
static err read_audience(struct arena *a, json extension, bool has_more, struct marking *m)
{
    if (!json_is(extension, JSON_OBJECT))
        return FAIL(a, ERR_INVALID, "the named audience is %s, not an object",
                    json_type_name(json_type(extension)));
    if (!str_eq(json_get_string(extension, LIT("extension_type")), LIT("property-extension")))
        return FAIL(a, ERR_INVALID, "extension_type of a named audience is property-extension");
    static const str NAMES[] = {
        LIT_INIT("extension_type"), LIT_INIT("organizations"), LIT_INIT("people"),
        LIT_INIT("tokens"),         LIT_INIT("sectors"),       LIT_INIT("jurisdictions"),
        LIT_INIT("roles"),          LIT_INIT("use"),
    };
    TRY(check_names(a, extension, NAMES, COUNT_OF(NAMES)));
    struct id_list organizations = {"organizations", LIT_INIT("identity")};
    struct id_list people = {"people", LIT_INIT("identity")};
    struct id_list tokens = {"tokens", LIT_INIT("token")};
    TRY(read_ids(a, extension, organizations, &m->organizations));
    TRY(read_ids(a, extension, people, &m->people));
    TRY(read_ids(a, extension, tokens, &m->tokens));
    TRY(read_sectors(a, extension, &m->sectors));
    TRY(read_jurisdictions(a, extension, &m->jurisdictions));
    TRY(read_roles(a, extension, &m->roles));
    TRY(read_use(a, extension, m));
    m->kind = has_more ? MARKING_OTHER : MARKING_NAMED;
    return NULL;
}

bool marking_says_label(json definition, enum tlp *out)
{
    json tlp_2 = json_get(json_get(definition, LIT("extensions")), LIT(MARKING_TLP_2_EXTENSION));
    json inner = json_get(definition, LIT("definition"));
    str type = json_get_string(definition, LIT("definition_type"));
    if (tlp_read(json_get_string(tlp_2, LIT("tlp_2_0")), out) ||
        (str_eq(type, LIT("tlp")) && tlp_read(json_get_string(inner, LIT("tlp")), out)))
        return true;
    if (!str_eq_nocase(json_get_string(definition, LIT("x_opencti_definition_type")), LIT("TLP")))
        return false;
    return tlp_read(json_get_string(definition, LIT("x_opencti_definition")), out) ||
           tlp_read(json_get_string(inner, LIT("statement")), out) ||
           tlp_read(json_get_string(definition, LIT("name")), out);
}

/*
 * The id decides where it is a well-known one. Under another id only OpenCTI's spelling is taken:
 * there are no other definitions of TLP 1 and 2 than the built-in ones.
 */
static bool read_label(json definition, str id, enum tlp *out)
{
    bool is_spelling = !json_is(json_get(definition, LIT("x_opencti_definition_type")), JSON_NONE);
    return tlp_of_marking_id(id, out) || (is_spelling && marking_says_label(definition, out));
}

/* True for extensions other than those this file understands. */
static bool has_foreign_extension(json extensions)
{
    for (struct json_walk w = json_walk(extensions); json_next(&w);) {
        if (!str_eq(w.key, LIT(MARKING_AUDIENCE_EXTENSION)))
            return true;
    }
    return false;
}

err marking_read(struct arena *a, json definition, struct marking *out)
{
    struct marking m = {.kind = MARKING_OTHER};
    m.id = json_get_string(definition, LIT("id"));
    if (!stix_id_is_usable(m.id) || !str_eq(stix_id_type(m.id), LIT("marking-definition")))
        return FAIL(a, ERR_INVALID, "the marking definition has no usable id");
    m.created_by_ref = json_get_string(definition, LIT("created_by_ref"));
    m.name = json_get_string(definition, LIT("name"));
    json extensions = json_get(definition, LIT("extensions"));
    json audience = json_get(extensions, LIT(MARKING_AUDIENCE_EXTENSION));
    json inner = json_get(definition, LIT("definition"));
    m.statement = json_get_string(inner, LIT("statement"));

    if (read_label(definition, m.id, &m.label))
        m.kind = MARKING_TLP;
    else if (!json_is(audience, JSON_NONE))
        TRY(read_audience(a, audience, has_foreign_extension(extensions), &m));
    else if (m.statement.len && !has_foreign_extension(extensions) &&
             str_eq(json_get_string(definition, LIT("definition_type")), LIT("statement")))
        m.kind = MARKING_STATEMENT;
    *out = m;
    return NULL;
}
