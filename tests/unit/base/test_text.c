/*
 * UTF-8, UUIDs and the public hashes.
 */
#include "base/hash.h"
#include "base/num.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "base/uuid.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void finds_the_first_fault_in_utf8(void **state)
{
    (void)state;
    static const struct {
        str text;
        size_t fault; /* SIZE_MAX: there is none */
    } CASES[] = {
        {LIT_INIT(""), SIZE_MAX},
        {LIT_INIT("plain text longer than eight bytes"), SIZE_MAX},
        {LIT_INIT("a\0b"), SIZE_MAX},
        {LIT_INIT("\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf"), SIZE_MAX},
        {LIT_INIT("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\xed\x9f\xbf\xee\x80\x80"), SIZE_MAX},
        {LIT_INIT("ab\x80"), 2},
        {LIT_INIT("ab\xc3"), 2},
        {LIT_INIT("\xc0\xaf"), 0},
        {LIT_INIT("\xc1\xbf"), 0},
        {LIT_INIT("\xe0\x9f\xbf"), 0},
        {LIT_INIT("\xf0\x8f\xbf\xbf"), 0},
        {LIT_INIT("x\xed\xa0\x80"), 1},
        {LIT_INIT("x\xed\xbf\xbf"), 1},
        {LIT_INIT("\xf4\x90\x80\x80"), 0},
        {LIT_INIT("\xf5\x80\x80\x80"), 0},
        {LIT_INIT("\xff"), 0},
        {LIT_INIT("12345678\xe2\x82"), 8},
        {LIT_INIT("\xe2\x82"
                  "a"),
         0},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        str text = CASES[i].text;
        assert_int_equal(utf8_find_fault(text),
                         CASES[i].fault == SIZE_MAX ? text.len : CASES[i].fault);
    }
}

static void reads_every_code_point_it_writes(void **state)
{
    (void)state;
    OWNED(buf_done)
    struct buf b;
    buf_init(&b, 8);
    for (uint32_t code_point = 0; code_point <= 0x10ffff; code_point++) {
        if (code_point >= 0xd800 && code_point < 0xe000)
            continue;
        buf_clear(&b);
        utf8_put(&b, code_point);
        str rest = buf_str(&b);
        assert_int_equal(utf8_count(rest), 1);
        uint32_t back = 0;
        assert_true(utf8_next(&rest, &back));
        assert_int_equal(back, code_point);
        assert_int_equal(rest.len, 0);
    }
}

/* P9: what joins letters, and marks of scripts from right to left that turn nothing, stay. */
static void knows_lines_by_what_is_seen_of_them(void **state)
{
    (void)state;
    static const str LINES[] = {LIT_INIT(""), LIT_INIT("Ohio election office"),
                                LIT_INIT("\xc2\xa0\xc3\x89"), LIT_INIT("\xd7\xa9\xe2\x80\x8f(1)"),
                                LIT_INIT("\xd9\x85\xe2\x80\x8c\xd8\xae")};
    static const str OTHERS[] = {
        LIT_INIT("a\nb"),         LIT_INIT("a\x1b[2J"),      LIT_INIT("\x7f"),
        LIT_INIT("\xc2\x9b"),     LIT_INIT("a\xe2\x80\x8b"), LIT_INIT("\xe2\x80\xae"),
        LIT_INIT("\xe2\x81\xa6"), LIT_INIT("\xef\xbb\xbf"),  LIT_INIT("\xf3\xa0\x81\x81"),
        LIT_INIT("ab\xff")};
    for (size_t i = 0; i < COUNT_OF(LINES); i++)
        assert_true(utf8_is_line(LINES[i]));
    for (size_t i = 0; i < COUNT_OF(OTHERS); i++)
        assert_false(utf8_is_line(OTHERS[i]));
    assert_true(utf8_is_turning(0x202a) && utf8_is_turning(0x2069));
    assert_false(utf8_is_turning(0x200f) || utf8_is_turning(0x2065) || utf8_is_turning('a'));
}

static void makes_known_uuids_of_names(void **state)
{
    (void)state;
    static const struct {
        const char *space;
        const char *name;
        const char *uuid;
    } CASES[] = {
        /* RFC 9562 appendix A.4 */
        {"6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com",
         "2ed6657d-e927-568b-95e1-2665a8aea6a2"},
        {"6ba7b811-9dad-11d1-80b4-00c04fd430c8", "", "1b4db7eb-4057-5ddf-91e0-36dec72071f5"},
        /* The namespace of STIX 2.1 section 2.9 */
        {"00abedb4-aa42-466c-9c01-fed23315a9b7", "{\"value\":\"198.51.100.3\"}",
         "28bb3599-77cd-5a82-a950-b5bc3caf07c4"},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        char text[UUID_TEXT_BYTES];
        uuid_of_name(str_of(CASES[i].space), str_of(CASES[i].name), text);
        assert_memory_equal(text, CASES[i].uuid, sizeof(text));
    }
}

static void makes_random_uuids_of_version_4(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    str previous = {0};
    for (int i = 0; i < 1000; i++) {
        str text = uuid_random(&a);
        unsigned version = 0;
        assert_true(uuid_read(text, &version));
        assert_int_equal(version, 4);
        assert_false(str_eq(text, previous));
        previous = text;
    }
    assert_true(str_starts(uuid_random_id(&a, LIT("bundle")), LIT("bundle--")));
}

static void tells_uuids_from_other_texts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_uuid;
    } CASES[] = {
        {"2ed6657d-e927-568b-95e1-2665a8aea6a2", true},
        {"2ED6657D-E927-568B-95E1-2665A8AEA6A2", true},
        {"2ed6657d-e927-568b-75e1-2665a8aea6a2", false},
        {"2ed6657d-e927-568b-c5e1-2665a8aea6a2", false},
        {"2ed6657de927568b95e12665a8aea6a2", false},
        {"2ed6657d-e927-568b-95e1-2665a8aea6a", false},
        {"2ed6657d-e927-568b-95e1-2665a8aea6a2f", false},
        {"2ed6657d-e927-568b-95e1-2665a8aea6g2", false},
        {"2ed6657d-e927-568b-95e1_2665a8aea6a2", false},
        {"", false},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++)
        assert_int_equal(uuid_read(str_of(CASES[i].text), NULL), CASES[i].is_uuid);
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        str text = str_of(CASES[i].text);
        unsigned char bytes[16];
        assert_int_equal(uuid_to_bytes(text, bytes), uuid_is_shape(text));
    }
}

/* Each byte in each place, held against what the form says of it. */
static void takes_hexadecimal_digits_and_dashes_alone(void **state)
{
    (void)state;
    static const char FORM[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    for (size_t at = 0; at < UUID_TEXT_BYTES; at++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            char text[] = "2ed6657d-E927-568b-95e1-2665a8aeA6a2";
            text[at] = (char)byte;
            bool is_digit = byte && strchr("0123456789abcdefABCDEF", (int)byte);
            bool is_good = FORM[at] == '-' ? byte == '-' : is_digit;
            if (uuid_is_shape((str){text, UUID_TEXT_BYTES}) != is_good)
                fail_msg("byte %u at %zu", byte, at);
        }
    }
}

static void gives_the_bytes_of_a_uuid(void **state)
{
    (void)state;
    static const unsigned char WANTED[16] = {0x2e, 0xd6, 0x65, 0x7d, 0xe9, 0x27, 0x56, 0x8b,
                                             0x95, 0xe1, 0x26, 0x65, 0xa8, 0xae, 0xa6, 0xa2};
    unsigned char bytes[16];
    assert_true(uuid_to_bytes(LIT("2ed6657d-E927-568b-95e1-2665a8aeA6a2"), bytes));
    assert_memory_equal(bytes, WANTED, sizeof(bytes));
}

/* FIPS 180-4's example, whole and in parts. */
static void hashes_as_published(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    static const str PARTS[] = {LIT_INIT("a"), LIT_INIT(""), LIT_INIT("bc")};
    unsigned char sha1[HASH_SHA1_BYTES];
    unsigned char sha256[HASH_SHA256_BYTES];
    hash_sha1(PARTS, COUNT_OF(PARTS), sha1);
    hash_sha256(PARTS, COUNT_OF(PARTS), sha256);
    assert_string_equal(secret_hex(&a, sha1, sizeof(sha1)).at,
                        "a9993e364706816aba3e25717850c26c9cd0d89d");
    assert_string_equal(secret_hex(&a, sha256, sizeof(sha256)).at,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_first_fault_in_utf8),
        cmocka_unit_test(reads_every_code_point_it_writes),
        cmocka_unit_test(knows_lines_by_what_is_seen_of_them),
        cmocka_unit_test(makes_known_uuids_of_names),
        cmocka_unit_test(makes_random_uuids_of_version_4),
        cmocka_unit_test(tells_uuids_from_other_texts),
        cmocka_unit_test(takes_hexadecimal_digits_and_dashes_alone),
        cmocka_unit_test(gives_the_bytes_of_a_uuid),
        cmocka_unit_test(hashes_as_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
