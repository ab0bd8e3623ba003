/*
 * Settings: defaults, every type of value, every fault with its line, and the sample file.
 */
#include "base/config.h"
#include "base/num.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void reads_every_type_over_the_defaults(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct config c;
    assert_null(config_read(&a, LIT("tocsin.conf"),
                            LIT("# a comment\n"
                                "\n"
                                "public_url = https://exchange.example # and another\r\n"
                                "  contact=desk#2@exchange.example\n"
                                "page_objects_max = 20\n"
                                "page_bytes_max = 512kB\n"
                                "body_bytes_max = 2 MB\n"
                                "bodies_bytes_max = 1GB\n"
                                "stored_bytes_max = 1048576\n"
                                "idle_seconds = 1h\n"
                                "description =\n"
                                "log_level = debug"),
                            &c));
    assert_true(str_eq(c.public_url, LIT("https://exchange.example")));
    assert_true(str_eq(c.contact, LIT("desk#2@exchange.example")));
    assert_true(str_eq(c.log_level, LIT("debug")));
    assert_int_equal(c.description.len, 0);
    assert_int_equal(c.page_objects_max, 20);
    assert_int_equal(c.page_bytes_max, 512 * 1024);
    assert_int_equal(c.body_bytes_max, 2 * 1024 * 1024);
    assert_int_equal(c.bodies_bytes_max, 1024 * 1024 * 1024);
    assert_int_equal(c.stored_bytes_max, 1048576);
    assert_int_equal(c.idle_seconds, 3600);
    assert_int_equal(c.header_seconds, 15);
    assert_int_equal(c.view_cache_bytes_max, 128 * 1024 * 1024);
}

static void a_final_slash_is_no_part_of_the_address(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct config c;
    assert_null(config_read(&a, LIT("f"), LIT("public_url = http://localhost:8443/"), &c));
    assert_true(str_eq(c.public_url, LIT("http://localhost:8443")));
    assert_null(config_read(&a, LIT("f"), LIT("public_url ="), &c));
    assert_int_equal(c.public_url.len, 0);
}

static void takes_an_empty_file(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    struct config c;
    struct config defaults;
    config_init(&defaults);
    assert_null(config_read(&a, LIT("x"), (str){0}, &c));
    assert_int_equal(c.body_objects_max, defaults.body_objects_max);
    assert_int_equal(defaults.body_objects_max, 100000);
    assert_true(str_eq(c.log_level, LIT("info")));
}

static void names_the_line_of_every_fault(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *words;
    } CASES[] = {
        {"threads", "f:1: a line is `name = value`; there is no `=` here"},
        {"\n\nthread = 1", "f:3: there is no setting \"thread\"; the sample file that comes with a "
                           "new data directory lists them all"},
        {"= 1", "f:1: there is no setting \"\"; the sample file that comes with a new data "
                "directory lists them all"},
        {"Threads = 1", "f:1: there is no setting \"Threads\"; the sample file that comes with a "
                        "new data directory lists them all"},
        {"threads = 1\n#\nthreads = 2", "f:3: threads was already set in line 1; keep one of the "
                                        "two"},
        {"threads =", "f:1: threads is a number from 0 to 256"},
        {"threads = -1", "f:1: threads is a number from 0 to 256"},
        {"threads = 257", "f:1: threads is a number from 0 to 256"},
        {"threads = 1x", "f:1: threads is a number from 0 to 256"},
        {"page_bytes_max = 16XB",
         "f:1: page_bytes_max is a size from 64kB to 1GB, such as 512kB, 16MB or 2GB"},
        {"page_bytes_max = 1",
         "f:1: page_bytes_max is a size from 64kB to 1GB, such as 512kB, 16MB or 2GB"},
        {"page_bytes_max = MB",
         "f:1: page_bytes_max is a size from 64kB to 1GB, such as 512kB, 16MB or 2GB"},
        {"page_bytes_max = 99999999999TB",
         "f:1: page_bytes_max is a size from 64kB to 1GB, such as 512kB, 16MB or 2GB"},
        {"idle_seconds = 300",
         "f:1: idle_seconds is a time from 5s to 3600s, such as 45s, 5m or 1h"},
        {"idle_seconds = 2h",
         "f:1: idle_seconds is a time from 5s to 3600s, such as 45s, 5m or 1h"},
        {"log_level = loud", "f:1: log_level is error, warn, info or debug"},
        {"public_url = exchange.example",
         "f:1: public_url is an address such as https://exchange.example, or nothing"},
        {"public_url = https://",
         "f:1: public_url is an address such as https://exchange.example, or nothing"},
        {"public_url = https://a.example b",
         "f:1: public_url is an address such as https://exchange.example, or nothing"},
        {"public_url = ftp://a.example",
         "f:1: public_url is an address such as https://exchange.example, or nothing"},
        {"contact = a\x01", "f:1: contact is a text of 0 to 255 bytes of UTF-8 without control "
                            "characters"},
        {"contact = \xff", "f:1: contact is a text of 0 to 255 bytes of UTF-8 without control "
                           "characters"},
    };
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        struct config c = {.threads = 77};
        err failure = config_read(&a, LIT("f"), str_of(CASES[i].text), &c);
        if (failure == NULL)
            fail_msg("%s is taken", CASES[i].text);
        assert_int_equal(failure->code, ERR_INPUT);
        assert_string_equal(failure->text.at, CASES[i].words);
        assert_int_equal(c.threads, 77);
    }
}

static void refuses_a_text_that_is_too_long(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    char longest[256] = {0};
    memset(longest, 'x', 255);
    struct config c;
    assert_null(config_read(&a, LIT("f"), arena_print(&a, "contact = %s", longest), &c));
    assert_int_equal(c.contact.len, 255);
    assert_non_null(config_read(&a, LIT("f"), arena_print(&a, "contact = %sx", longest), &c));
}

/* Uncommented, the sample says what the defaults are. */
static void writes_a_sample_that_reads_as_the_defaults(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    OWNED(buf_done)
    struct buf sample;
    OWNED(buf_done)
    struct buf active;
    buf_init(&sample, 1 << 20);
    buf_init(&active, 1 << 20);
    config_write_sample(&sample);
    size_t settings = 0;
    str rest = buf_str(&sample);
    str line;
    while (str_cut(&rest, '\n', &line)) {
        assert_true(line.len <= 100);
        assert_true(line.len == 0 || line.at[0] == '#');
        if (line.len < 2 || line.at[1] == ' ')
            continue;
        settings++;
        buf_put(&active, str_skip(line, 1));
        buf_put_char(&active, '\n');
    }
    struct config defaults;
    struct config c;
    config_init(&defaults);
    assert_null(config_read(&a, LIT("sample"), buf_str(&active), &c));
    assert_null(config_read(&a, LIT("sample"), buf_str(&sample), &c));
#define COUNT_ONE(field, name, type, default_text, least, most, help) +1
    assert_int_equal(settings, 0 CONFIG_SETTINGS(COUNT_ONE));
#undef COUNT_ONE
    assert_int_equal(c.stored_bytes_max, defaults.stored_bytes_max);
    assert_int_equal(c.idle_seconds, defaults.idle_seconds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_type_over_the_defaults),
        cmocka_unit_test(takes_an_empty_file),
        cmocka_unit_test(a_final_slash_is_no_part_of_the_address),
        cmocka_unit_test(names_the_line_of_every_fault),
        cmocka_unit_test(refuses_a_text_that_is_too_long),
        cmocka_unit_test(writes_a_sample_that_reads_as_the_defaults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
