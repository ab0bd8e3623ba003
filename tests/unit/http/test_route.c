/*
 * Routes: which row a path finds, its parameters, and what Allow says.
 */
#include "base/num.h"
#include "http/route.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct row {
    struct http_route route;
    int mark;
};

static const struct row rows[] = {
    {{HTTP_GET, "/"}, 1},
    {{HTTP_GET, "/taxii2/"}, 2},
    {{HTTP_GET, "/exchange/collections/{collection}/objects/"}, 3},
    {{HTTP_POST, "/exchange/collections/{collection}/objects/"}, 4},
    {{HTTP_GET, "/exchange/collections/{collection}/objects/{object}/"}, 5},
    {{HTTP_DELETE, "/exchange/collections/{collection}/objects/{object}/"}, 6},
    {{HTTP_GET, "/api/me"}, 7},
    {{HTTP_GET, "/api/{thing}"}, 8},
};

static void finds_rows_by_method_and_path(void **state)
{
    static const struct {
        enum http_method method;
        const char *path;
        int mark; /* 0: no such path, -1: not this method, -2: malformed */
        const char *first;
        bool differs_slash;
    } cases[] = {
        {HTTP_GET, "/", 1, "", false},
        {HTTP_HEAD, "/taxii2/", 2, "", false},
        {HTTP_GET, "/taxii2", 2, "", true},
        {HTTP_GET, "/%74axii2/", 2, "", false},
        {HTTP_GET, "/TAXII2/", 0, "", false},
        {HTTP_GET, "/exchange/collections/a%20b/objects/", 3, "a b", false},
        {HTTP_POST, "/exchange/collections/a/objects", 4, "a", true},
        {HTTP_PUT, "/exchange/collections/a/objects/", -1, "", false},
        {HTTP_DELETE, "/exchange/collections/a/objects/x/", 6, "a", false},
        {HTTP_GET, "/exchange/collections//objects/", 0, "", false},
        {HTTP_GET, "/exchange/collections/a%2Fb/objects/", -2, "", false},
        {HTTP_GET, "/exchange/collections/a%2/objects/", -2, "", false},
        {HTTP_GET, "/exchange/collections/a%00/objects/", -2, "", false},
        {HTTP_GET, "/exchange/collections/%ff/objects/", -2, "", false},
        {HTTP_GET, "/api/me", 7, "", false},
        {HTTP_GET, "/api/you", 8, "you", false},
        {HTTP_GET, "/api/", 0, "", false},
        {HTTP_GET, "/api/you/me", 0, "", false},
        {HTTP_GET, "", 0, "", false},
        {HTTP_OPTIONS, "*", 0, "", false},
    };
    struct arena a = {0};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct http_route_match match = {0};
        err e =
            http_route_find(&a, HTTP_ROUTES(rows), cases[i].method, str_of(cases[i].path), &match);
        int mark = e == NULL                  ? ((const struct row *)match.route)->mark
                   : e->code == ERR_NOT_FOUND ? 0
                   : e->code == ERR_METHOD    ? -1
                                              : -2;
        if (mark != cases[i].mark)
            fail_msg("%s gave %d", cases[i].path, mark);
        if (mark <= 0)
            continue;
        assert_int_equal(match.differs_slash, cases[i].differs_slash);
        assert_true(str_eq(match.params[0], str_of(cases[i].first)));
    }
    arena_done(&a);
}

static void names_the_methods_of_a_path(void **state)
{
    struct arena a = {0};
    struct http_route_match match = {0};
    (void)state;
    err e = http_route_find(&a, HTTP_ROUTES(rows), HTTP_PUT,
                            LIT("/exchange/collections/a/objects/x/"), &match);
    assert_int_equal(e->code, ERR_METHOD);
    assert_true(str_eq(http_route_allow(&a, match.methods), LIT("GET, HEAD, DELETE")));
    arena_done(&a);
}

static void gives_parameters_by_name(void **state)
{
    struct arena a = {0};
    struct http_route_match match = {0};
    (void)state;
    assert_null(http_route_find(&a, HTTP_ROUTES(rows), HTTP_GET,
                                LIT("/exchange/collections/c/objects/o/"), &match));
    assert_true(str_eq(http_route_param(&match, LIT("object")), LIT("o")));
    assert_true(str_eq(http_route_param(&match, LIT("collection")), LIT("c")));
    assert_int_equal(http_route_param(&match, LIT("version")).len, 0);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_rows_by_method_and_path),
        cmocka_unit_test(names_the_methods_of_a_path),
        cmocka_unit_test(gives_parameters_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
