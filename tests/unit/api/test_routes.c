/*
 * The table of routes and api/openapi.yaml hold each other, and every row says what it needs.
 */
#include "api/call.h"
#include "paths.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct api_row *find_row(const struct documented *d)
{
    for (size_t i = 0; i < API_ROW_COUNT; i++) {
        if (API_ROWS[i].route.method == d->method &&
            str_eq(str_of(API_ROWS[i].route.path), str_of(d->path)))
            return &API_ROWS[i];
    }
    return NULL;
}

static const struct documented *find_documented(const struct api_row *row)
{
    for (size_t i = 0; i < API_DOCUMENTED_COUNT; i++) {
        if (find_row(&API_DOCUMENTED[i]) == row)
            return &API_DOCUMENTED[i];
    }
    return NULL;
}

static void what_is_documented_is_served(void **state)
{
    (void)state;
    assert_true(API_DOCUMENTED_COUNT > 0);
    for (size_t i = 0; i < API_DOCUMENTED_COUNT; i++) {
        const struct documented *d = &API_DOCUMENTED[i];
        const struct api_row *row = find_row(d);
        if (row == NULL)
            fail_msg("%.*s %s: is documented and not served", STR_ARG(http_method_name(d->method)),
                     d->path);
        if (row && (row->body_bytes_max > 0) != d->has_body)
            fail_msg("%.*s %s: row and document differ on whether it takes a body",
                     STR_ARG(http_method_name(d->method)), d->path);
        if (row && (row->right == API_ANYONE) != d->is_for_anyone)
            fail_msg("%.*s %s: row and document differ on who may",
                     STR_ARG(http_method_name(d->method)), d->path);
    }
}

static void what_is_served_is_documented(void **state)
{
    (void)state;
    for (size_t i = 0; i < API_ROW_COUNT; i++) {
        if (find_documented(&API_ROWS[i]) == NULL)
            fail_msg("%.*s %s is not in api/openapi.yaml",
                     STR_ARG(http_method_name(API_ROWS[i].route.method)), API_ROWS[i].route.path);
    }
}

static void every_change_has_an_audit_verb_and_a_right(void **state)
{
    (void)state;
    for (size_t i = 0; i < API_ROW_COUNT; i++) {
        const struct api_row *row = &API_ROWS[i];
        bool is_read = row->route.method == HTTP_GET;
        str verb = str_of(row->audit);
        bool has_verb = str_find_char(verb, '.') < verb.len || str_eq(verb, LIT("private"));
        if (row->handle == NULL || has_verb == is_read || (is_read && !str_eq(verb, LIT("none"))))
            fail_msg("%s: audit \"%s\"", row->route.path, row->audit);
    }
}

/* A row that an earlier one hides would never be asked. */
static void every_row_is_found_by_its_own_path(void **state)
{
    (void)state;
    OWNED(arena_done) struct arena a = {0};
    const struct http_routes routes = {API_ROWS, sizeof(API_ROWS[0]), API_ROW_COUNT};
    for (size_t i = 0; i < API_ROW_COUNT; i++) {
        str path = arena_copy(&a, str_of(API_ROWS[i].route.path));
        for (size_t k = 0; k < path.len; k++) {
            if (path.at[k] == '{' || path.at[k] == '}')
                ((char *)(uintptr_t)path.at)[k] = 'x';
        }
        struct http_route_match match;
        err failure = http_route_find(&a, routes, API_ROWS[i].route.method, path, &match);
        if (failure || match.index != i)
            fail_msg("%s is not found", API_ROWS[i].route.path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_documented_is_served),
        cmocka_unit_test(what_is_served_is_documented),
        cmocka_unit_test(every_change_has_an_audit_verb_and_a_right),
        cmocka_unit_test(every_row_is_found_by_its_own_path),
    };
    return cmocka_run_group_tests_name("api/routes", tests, NULL, NULL);
}
