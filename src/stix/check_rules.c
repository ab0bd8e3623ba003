/*
 * Rules between the properties of an object, and those that one type alone has.
 */
#include "stix/check.h"

#include "base/clock.h"
#include "pattern/pattern.h"
#include "stix/formats.h"
#include "stix/marking.h"
#include "stix/object.h"

static bool has(const struct shape_view *v, str name)
{
    return !json_is(shape_value(v, name), JSON_NONE);
}

/* Compares what stands behind the sixth digit, which clock_read drops. */
static int compare_fractions(str a, str b)
{
    str first = str_skip(a, str_find_char(a, '.') + 7);
    str second = str_skip(b, str_find_char(b, '.') + 7);
    size_t most = first.len > second.len ? first.len : second.len;
    for (size_t i = 0; i < most; i++) {
        char x = i < first.len && first.at[i] != 'Z' ? first.at[i] : '0';
        char y = i < second.len && second.at[i] != 'Z' ? second.at[i] : '0';
        if (x != y)
            return x < y ? -1 : 1;
    }
    return 0;
}

/* False where one of them is absent or no time: then there is nothing to compare. */
static bool compare_times(json a, json b, int *order)
{
    int64_t first;
    int64_t second;
    if (!clock_read(json_string(a), &first, NULL) || !clock_read(json_string(b), &second, NULL))
        return false;
    *order = (first > second) - (first < second);
    if (*order == 0)
        *order = compare_fractions(json_string(a), json_string(b));
    return true;
}

static bool has_own(const struct shape_view *v)
{
    uint64_t own = ((uint64_t)1 << v->own->property_count) - 1;
    return (v->mask & own) != 0 || has(v, LIT("extensions"));
}

/* The names of a rule as "a, b or c". */
static str names_text(struct arena *a, const struct catalog_rule *rule)
{
    str text = rule->names[0];
    for (size_t i = 1; i < CATALOG_RULE_NAMES_MAX && rule->names[i].len; i++) {
        bool is_last = i + 1 == CATALOG_RULE_NAMES_MAX || rule->names[i + 1].len == 0;
        text = arena_join(a, text, is_last ? LIT(" or ") : LIT(", "), rule->names[i]);
    }
    return text;
}

static bool has_one_of(const struct shape_view *v, const struct catalog_rule *rule)
{
    for (size_t i = 0; i < CATALOG_RULE_NAMES_MAX && rule->names[i].len; i++) {
        if (has(v, rule->names[i]))
            return true;
    }
    return false;
}

static void check_one_of(struct check *c, const struct place *at, const struct shape_view *v,
                         const struct catalog_rule *rule)
{
    if (rule->kind == RULE_ANY_OWN && !has_own(v)) {
        check_add(c, at, STIX_MUST, v->own->section, "must have at least one of its properties");
    } else if (rule->kind == RULE_ONE_OF && !has_one_of(v, rule)) {
        str names = names_text(c->a, rule);
        check_add(c, at, STIX_MUST, v->own->section, "must have %.*s", STR_ARG(names));
    } else if (rule->kind == RULE_SHOULD_HAVE && !has_one_of(v, rule)) {
        check_add(c, at, STIX_SHOULD, v->own->section, "should have %.*s", STR_ARG(rule->names[0]));
    }
}

/*
 * Whether they are times of one form in the right order, which their bytes tell: most are, and so
 * need no reading. What is no time at all breaks this rule in no order.
 */
static bool is_plainly_in_order(str earlier, str later)
{
    return earlier.len == later.len && str_cmp(earlier, later) <= 0;
}

static void check_times(struct check *c, const struct place *at, const struct shape_view *v,
                        const struct catalog_rule *rule)
{
    int order;
    bool is_after = rule->kind == RULE_AFTER;
    json later = shape_value(v, rule->names[0]);
    json earlier = shape_value(v, rule->names[1]);
    if (!is_after && is_plainly_in_order(json_string(earlier), json_string(later)))
        return;
    if (!compare_times(later, earlier, &order))
        return;
    if (is_after ? order <= 0 : order < 0)
        check_add(c, at, STIX_MUST, v->own->section, "must be %s %.*s",
                  is_after ? "later than" : "the same as or later than", STR_ARG(rule->names[1]));
}

static void check_pair(struct check *c, const struct place *at, const struct shape_view *v,
                       const struct catalog_rule *rule)
{
    str second = rule->names[1];
    bool has_first = has(v, rule->names[0]);
    bool has_second = has(v, second);
    bool is_true = json_is(shape_value(v, rule->names[0]), JSON_TRUE);
    bool is_false = json_is(shape_value(v, rule->names[0]), JSON_FALSE);
    const char *section = v->own->section;
    if (rule->kind == RULE_NEEDS && has_first && !has_second)
        check_add(c, at, STIX_MUST, section, "needs %.*s beside it", STR_ARG(second));
    else if (rule->kind == RULE_EXCLUDES && has_first && has_second)
        check_add(c, at, STIX_MUST, section, "must not stand beside %.*s", STR_ARG(second));
    else if (rule->kind == RULE_TRUE_NEEDS && is_true && !has_second)
        check_add(c, at, STIX_MUST, section, "needs %.*s when it is true", STR_ARG(second));
    else if (rule->kind == RULE_TRUE_EXCLUDES && is_true && has_second)
        check_add(c, at, STIX_MUST, section, "must not be true beside %.*s", STR_ARG(second));
    else if (rule->kind == RULE_FALSE_EXCLUDES && is_false && has_second)
        check_add(c, at, STIX_MUST, section, "must not be false beside %.*s", STR_ARG(second));
}

static void check_rule(struct check *c, const struct place *at, const struct shape_view *v,
                       const struct catalog_rule *rule)
{
    struct place first = {at, rule->names[0], 0};
    switch (rule->kind) {
    case RULE_ONE_OF:
    case RULE_ANY_OWN:
    case RULE_SHOULD_HAVE:
        check_one_of(c, at, v, rule);
        break;
    case RULE_NOT_BEFORE:
    case RULE_AFTER:
        check_times(c, &first, v, rule);
        break;
    case RULE_NEEDS:
    case RULE_EXCLUDES:
    case RULE_TRUE_NEEDS:
    case RULE_TRUE_EXCLUDES:
    case RULE_FALSE_EXCLUDES:
        check_pair(c, &first, v, rule);
        break;
    }
}

void check_rules(struct check *c, const struct place *at, const struct shape_view *v)
{
    for (size_t i = 0; i < v->own->rule_count; i++)
        check_rule(c, at, v, &v->own->rules[i]);
    for (size_t i = 0; v->common && i < v->common->rule_count; i++)
        check_rule(c, at, v, &v->common->rules[i]);
}

static void check_pattern(struct check *c, const struct place *at)
{
    struct place place = {at, LIT("pattern"), 0};
    json pattern = check_member(c, LIT("pattern"));
    str type = json_string(check_member(c, LIT("pattern_type")));
    if (!json_is(pattern, JSON_STRING))
        return;
    if (json_string(pattern).len == 0) {
        check_add(c, &place, STIX_MUST, "4.7", "must not be empty");
        return;
    }
    if (c->edition == CATALOG_2_1 && !str_eq(type, LIT("stix")))
        return;
    struct pattern *parsed;
    err e = c->edition == CATALOG_2_0 ? pattern_read_20(c->a, json_string(pattern), &parsed)
                                      : pattern_read(c->a, json_string(pattern), &parsed);
    if (e) {
        str words = error_text(c->a, e);
        check_add(c, &place, STIX_MUST, "9", "must be a STIX pattern: %.*s", STR_ARG(words));
    }
}

static void check_relationship(struct check *c, const struct place *at)
{
    str source = stix_id_type(json_string(check_member(c, LIT("source_ref"))));
    str target = stix_id_type(json_string(check_member(c, LIT("target_ref"))));
    str name = json_string(check_member(c, LIT("relationship_type")));
    struct place place = {at, LIT("relationship_type"), 0};
    if (c->edition == CATALOG_2_1 && !catalog_relationship_is_defined(source, name, target))
        check_add(c, &place, STIX_SHOULD, "5.1",
                  "should be a relationship that the standard defines from %.*s to %.*s",
                  STR_ARG(source), STR_ARG(target));
}

static void check_extension_properties(struct check *c, const struct place *at)
{
    json names = check_member(c, LIT("extension_properties"));
    struct place place = {at, LIT("extension_properties"), 0};
    bool is_top = false;
    for (struct json_walk w = json_walk(check_member(c, LIT("extension_types"))); json_next(&w);)
        is_top = is_top || str_eq(json_string(w.value), LIT("toplevel-property-extension"));
    if (is_top && json_is(names, JSON_NONE))
        check_add(c, at, STIX_SHOULD, "7.3", "should have extension_properties");
    if (!is_top && !json_is(names, JSON_NONE))
        check_add(c, &place, STIX_MUST, "7.3",
                  "must not be used without the type toplevel-property-extension");
    for (struct json_walk w = json_walk(names); json_next(&w);) {
        struct place element = {&place, {0}, w.index};
        if (json_is(w.value, JSON_STRING) && !format_is_property_name(json_string(w.value)))
            check_add(c, &element, STIX_MUST, "3.1", "must be the name of a property");
    }
}

static bool is_sco_type(str type)
{
    const struct catalog_type *known = catalog_find(CATALOG_2_1, type);
    return known == NULL || known->class == CATALOG_SCO;
}

/* Observed data is of something: relationships alone do not do. */
static void check_observed(struct check *c, const struct place *at)
{
    struct place place = {at, LIT("object_refs"), 0};
    json refs = check_member(c, place.key);
    bool has_sco = !json_is(refs, JSON_ARRAY) || json_count(refs) == 0;
    for (struct json_walk w = json_walk(refs); json_next(&w);)
        has_sco = has_sco || is_sco_type(stix_id_type(json_string(w.value)));
    if (!has_sco)
        check_add(c, &place, STIX_MUST, "4.14", "must name at least one cyber-observable");
}

/* No marking definition marks itself (§3.2). */
static void check_self_marking(struct check *c, const struct place *at)
{
    str id = json_string(check_member(c, LIT("id")));
    struct place place = {at, LIT("object_marking_refs"), 0};
    for (struct json_walk w = json_walk(check_member(c, place.key)); json_next(&w);) {
        if (str_eq(json_string(w.value), id))
            check_add(c, &place, STIX_MUST, "3.2", "must not name the definition itself");
    }
    place.key = LIT("granular_markings");
    for (struct json_walk w = json_walk(check_member(c, place.key)); json_next(&w);) {
        if (str_eq(json_get_string(w.value, LIT("marking_ref")), id))
            check_add(c, &place, STIX_MUST, "3.2", "must not name the definition itself");
    }
}

/* The ids of TLP's definitions stand for their label and nothing else (G5). */
static void check_label_id(struct check *c, const struct place *at)
{
    enum tlp by_id;
    enum tlp said;
    struct place place = {at, LIT("id"), 0};
    if (tlp_of_marking_id(json_string(check_member(c, place.key)), &by_id) &&
        !(marking_says_label(c->object, &said) && said == by_id))
        check_add(c, &place, STIX_MUST, "7.2.1.4", "must not be used for anything but %.*s",
                  STR_ARG(tlp_name(by_id)));
}

static void check_marking_definition(struct check *c, const struct place *at)
{
    check_self_marking(c, at);
    check_label_id(c, at);
}

void check_type_rules(struct check *c, const struct place *at)
{
    if (str_eq(c->type_name, LIT("indicator")))
        check_pattern(c, at);
    else if (str_eq(c->type_name, LIT("relationship")))
        check_relationship(c, at);
    else if (str_eq(c->type_name, LIT("observed-data")))
        check_observed(c, at);
    else if (str_eq(c->type_name, LIT("extension-definition")))
        check_extension_properties(c, at);
    else if (str_eq(c->type_name, LIT("marking-definition")))
        check_marking_definition(c, at);
}
