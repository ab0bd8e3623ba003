/*
 * Validation of whole objects and bundles: which edition judges, which type it is, and where the
 * findings go.
 */
#include "stix/validate.h"

#include "base/buf.h"
#include "stix/bundle.h"
#include "stix/check.h"
#include "stix/formats.h"

#define PATH_BYTES_MAX 4096

static void write_path(struct buf *b, const struct place *at)
{
    if (at == NULL)
        return;
    write_path(b, at->up);
    if (at->key.at == NULL) {
        buf_print(b, "[%zu]", at->index);
        return;
    }
    if (b->len)
        buf_put_char(b, '.');
    buf_put(b, at->key);
}

static str path_text(struct arena *a, const struct place *at)
{
    OWNED(buf_done)
    struct buf b = {0};
    buf_init(&b, PATH_BYTES_MAX);
    write_path(&b, at);
    return arena_copy(a, buf_str(&b));
}

void check_add(struct check *c, const struct place *at, enum stix_level level, const char *section,
               const char *rule, ...)
{
    struct stix_findings *out = c->out;
    if (level == STIX_MUST)
        out->must_count++;
    else
        out->should_count++;
    if (out->count >= (level == STIX_MUST ? STIX_FINDINGS_MAX : STIX_FINDINGS_MAX / 2))
        return;
    struct stix_finding *f = LIST_ADD(c->a, out);
    f->level = level;
    f->section = section;
    f->path = path_text(c->a, at);
    va_list args;
    va_start(args, rule);
    f->rule = arena_vprint(c->a, rule, args);
    va_end(args);
}

/* Rule L4. */
static enum catalog_edition edition_of(const struct check *c, json value)
{
    if (c->spec == STIX_SPEC_2_1)
        return CATALOG_2_1;
    json spec = json_get(value, LIT("spec_version"));
    bool has_spec = !json_is(spec, JSON_NONE);
    if (str_eq(c->type_name, LIT("bundle")))
        return has_spec ? CATALOG_2_0 : CATALOG_2_1;
    if (has_spec)
        return str_eq(json_string(spec), LIT("2.0")) && c->spec == STIX_SPEC_2_0 ? CATALOG_2_0
                                                                                 : CATALOG_2_1;
    if (c->spec == STIX_SPEC_2_0)
        return CATALOG_2_0;
    const struct catalog_type *newer = catalog_find(CATALOG_2_1, c->type_name);
    if (catalog_find(CATALOG_2_0, c->type_name))
        return CATALOG_2_0;
    if (newer)
        return newer->class == CATALOG_SCO || newer->class == CATALOG_META ? CATALOG_2_1
                                                                           : CATALOG_2_0;
    bool is_versioned = !json_is(json_get(value, LIT("created")), JSON_NONE);
    return is_versioned ? CATALOG_2_0 : CATALOG_2_1;
}

/* The extension that makes the object's type or properties, if one says that it does. */
static str declared_extension(json extensions)
{
    str found = {0};
    for (struct json_walk w = json_walk(extensions); json_next(&w);) {
        str type = json_get_string(w.value, LIT("extension_type"));
        if (str_starts(type, LIT("new-")) || str_eq(type, LIT("toplevel-property-extension")))
            found = type;
    }
    return found;
}

/* Our own type, if the object says that it is one by naming its extension definition. */
static const struct catalog_type *own_type(const struct check *c)
{
    const struct catalog_type *own = catalog_find_own(c->type_name);
    if (own == NULL || c->edition == CATALOG_2_0)
        return NULL;
    json extension = json_get(json_get(c->object, LIT("extensions")), own->extension);
    return json_is(extension, JSON_OBJECT) ? own : NULL;
}

static const struct catalog_shape *common_of_custom(const struct check *c, str declared)
{
    json value = c->object;
    if (c->edition == CATALOG_2_0)
        return catalog_find(CATALOG_2_0, LIT("campaign"))->common;
    if (str_eq(declared, LIT("new-sco")))
        return &CATALOG_COMMON_SCO;
    bool is_versioned = !json_is(json_get(value, LIT("created")), JSON_NONE) ||
                        !json_is(json_get(value, LIT("modified")), JSON_NONE);
    return is_versioned || declared.len ? &CATALOG_COMMON_SDO : &CATALOG_COMMON_SCO;
}

/* What is told of a type that the standard has not, and the properties it may have. */
static void view_custom_type(struct check *c, const struct place *at, struct shape_view *view)
{
    static const struct catalog_shape NOTHING = {"11.2", NULL, 0, NULL, 0};
    str declared = declared_extension(json_get(c->object, LIT("extensions")));
    struct place type = {at, LIT("type"), 0};
    if (c->edition == CATALOG_2_0 && !str_starts(c->type_name, LIT("x-")))
        check_add(c, &type, STIX_SHOULD, "2.0 part 1, 7.2",
                  "types that the standard has not should begin with x-");
    else if (c->edition == CATALOG_2_1 && !str_starts(declared, LIT("new-")))
        check_add(c, &type, STIX_SHOULD, "11.2",
                  "types that the standard has not should come by an extension definition");
    shape_view_init(view, &NOTHING, common_of_custom(c, declared));
}

static void note_custom_properties(struct check *c, const struct place *at)
{
    struct place first = {at, c->first_custom, 0};
    if (declared_extension(check_member(c, LIT("extensions"))).len)
        return;
    if (c->custom_count && c->edition == CATALOG_2_0)
        check_add(c, &first, STIX_SHOULD, "2.0 part 1, 7.1",
                  "names of custom properties should begin with x_");
    else if (c->custom_count == 1)
        check_add(c, &first, STIX_SHOULD, "11.1", "should come by an extension definition");
    else if (c->custom_count > 1)
        check_add(c, &first, STIX_SHOULD, "11.1",
                  "should come by an extension definition, like %zu other custom properties here",
                  c->custom_count - 1);
}

void check_object(struct check *outer, const struct place *at, json value)
{
    struct check c = {.a = outer->a, .out = outer->out, .spec = outer->spec};
    if (!json_is(value, JSON_OBJECT)) {
        check_add(&c, at, STIX_MUST, "3.1", "must be an object, not %s",
                  json_type_name(json_type(value)));
        return;
    }
    c.object = value;
    c.top = at;
    c.type_name = json_get_string(value, LIT("type"));
    c.edition = edition_of(&c, value);
    c.type = catalog_find(c.edition, c.type_name);
    if (c.type == NULL)
        c.type = own_type(&c);
    struct shape_view view;
    if (c.type)
        shape_view_init(&view, &c.type->own, c.type->common);
    else
        view_custom_type(&c, at, &view);
    check_members(&c, at, &view, value);
    c.found = &view;
    check_type_rules(&c, at);
    note_custom_properties(&c, at);
}

void check_bundle_objects(struct check *c, const struct place *at, json value)
{
    if (str_eq(json_get_string(value, LIT("type")), LIT("bundle")))
        check_add(c, at, STIX_MUST, "8", "must not be a bundle");
    else
        check_object(c, at, value);
}

static void check_duplicates(struct check *c, json value)
{
    str path;
    if (!json_find_duplicate(c->a, value, &path))
        return;
    struct place at = {NULL, path, 0};
    check_add(c, &at, STIX_MUST, "3.1", "stands twice in the same object");
}

void stix_check(struct arena *a, json value, enum stix_spec spec, struct stix_findings *out)
{
    struct check c = {.a = a, .out = out, .spec = spec};
    check_duplicates(&c, value);
    check_object(&c, NULL, value);
}

str stix_finding_text(struct arena *a, const struct stix_finding *finding)
{
    const char *of = strncmp(finding->section, "2.0 ", 4) == 0 ? "STIX" : "STIX 2.1 §";
    const char *gap = strncmp(finding->section, "2.0 ", 4) == 0 ? " " : "";
    if (finding->path.len == 0)
        return arena_print(a, "%.*s (%s%s%s)", STR_ARG(finding->rule), of, gap, finding->section);
    return arena_print(a, "%.*s: %.*s (%s%s%s)", STR_ARG(finding->path), STR_ARG(finding->rule), of,
                       gap, finding->section);
}

err stix_findings_error(struct arena *a, const struct stix_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].level == STIX_MUST) {
            str text = stix_finding_text(a, &findings->items[i]);
            return FAIL(a, ERR_INVALID, "%.*s", STR_ARG(text));
        }
    }
    if (findings->must_count)
        return FAIL(a, ERR_INVALID, "a rule of STIX 2.1 is broken");
    return NULL;
}
