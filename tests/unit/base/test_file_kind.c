/*
 * What files are, and what their names may be (B26).
 */
#include "base/file_kind.h"

#include "base/buf.h"
#include "base/num.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define PNG_HEAD "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
#define PNG_END "\0\0\0\0IEND\xae\x42\x60\x82"

static const struct {
    str bytes;
    enum file_kind kind; /* FILE_KIND_COUNT: refused */
    const char *words;
} FILES[] = {
    {LIT_INIT("%PDF-1.7\n...%%EOF\r\n"), FILE_KIND_PDF, NULL},
    {LIT_INIT("%PDF-1.7\n"), FILE_KIND_COUNT, "cut short"},
    {LIT_INIT(" %PDF-1.7 %%EOF"), FILE_KIND_TEXT, NULL},
    {LIT_INIT(PNG_HEAD PNG_END), FILE_KIND_PNG, NULL},
    {LIT_INIT(PNG_HEAD PNG_END "<script>"), FILE_KIND_COUNT, "hangs on it"},
    {LIT_INIT("\x89PNG\r\n\x1a\n"), FILE_KIND_COUNT, "cut short"},
    {LIT_INIT("\xff\xd8\xff\xe0"), FILE_KIND_JPEG, NULL},
    {LIT_INIT("\xff\xd8"), FILE_KIND_COUNT, "nothing known"},
    {LIT_INIT("<html><script>"), FILE_KIND_TEXT, NULL},
    {LIT_INIT("\xef\xbb\xbf"
              "a,b"),
     FILE_KIND_TEXT, NULL},
    {LIT_INIT("MZ-80K and GIF89a"), FILE_KIND_TEXT, NULL},
    {LIT_INIT("MZ\x90\0"), FILE_KIND_COUNT, "a program"},
    {LIT_INIT("\x7f"
              "ELF all else is text"),
     FILE_KIND_COUNT, "a program"},
    {LIT_INIT("PK\x03\x04 all else is text"), FILE_KIND_COUNT, "save it as PDF"},
    {LIT_INIT("\xff\xfe"
              "a\0"),
     FILE_KIND_COUNT, "UTF-16"},
    {LIT_INIT("a\0b"), FILE_KIND_COUNT, "nothing known"},
    {LIT_INIT("caf\xe9"), FILE_KIND_COUNT, "nothing known"},
    {LIT_INIT(""), FILE_KIND_COUNT, "empty"},
};

static void a_file_is_what_its_bytes_are(void **state)
{
    (void)state;
    OWNED(arena_done) struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(FILES); i++) {
        enum file_kind kind = FILE_KIND_COUNT;
        err wrong = file_kind_sniff(&a, FILES[i].bytes, &kind);
        if (kind != FILES[i].kind || (wrong != NULL) != (kind == FILE_KIND_COUNT))
            fail_msg("case %zu: kind %d", i, kind);
        if (wrong && str_find(wrong->text, str_of(FILES[i].words)) == wrong->text.len)
            fail_msg("case %zu: %.*s", i, STR_ARG(wrong->text));
    }
}

static void text_may_be_called_a_table_and_nothing_else(void **state)
{
    (void)state;
    for (int is = 0; is < FILE_KIND_COUNT; is++) {
        for (int said = 0; said < FILE_KIND_COUNT; said++) {
            bool is_table = is == FILE_KIND_TEXT && said == FILE_KIND_CSV;
            assert_int_equal(file_kind_agrees((enum file_kind)is, (enum file_kind)said),
                             is == said || is_table);
        }
    }
}

static void kinds_are_known_by_type_and_by_ending(void **state)
{
    enum file_kind kind;
    (void)state;
    assert_true(file_kind_of_type(LIT("Text/CSV; charset=utf-8"), &kind) && kind == FILE_KIND_CSV);
    assert_false(file_kind_of_type(LIT("text/html"), &kind));
    assert_true(file_kind_of_name(LIT("a.b.JPEG"), &kind) && kind == FILE_KIND_JPEG);
    assert_false(file_kind_of_name(LIT(".pdf"), &kind));
    assert_false(file_kind_of_name(LIT("pdf"), &kind));
}

static const struct {
    str name;
    str kept; /* empty: refused */
} NAMES[] = {
    {LIT_INIT("slides.pdf"), LIT_INIT("slides.pdf")},
    {LIT_INIT("C:\\folder\\a/../b c.txt"), LIT_INIT("b c.txt")},
    {LIT_INIT("invoice\xe2\x80\xaetxt.exe"), LIT_INIT("invoicetxt.exe")},
    {LIT_INIT("a\r\nX-Y: z\x7f\xc2\x85.csv"), LIT_INIT("aX-Y_ z.csv")},
    {LIT_INIT("\xef\xbb\xbf..hidden"), LIT_INIT("hidden")},
    {LIT_INIT("\xe7\xb5\x90\xe6\x9e\x9c\xe3\x80\x80.png"),
     LIT_INIT("\xe7\xb5\x90\xe6\x9e\x9c.png")},
    {LIT_INIT("a\"b*c?.txt. "), LIT_INIT("a_b_c_.txt")},
    {LIT_INIT("\xe2\x80\x8f \xe2\x80\x8b."), LIT_INIT("")},
    {LIT_INIT("folder/"), LIT_INIT("")},
    {LIT_INIT("caf\xe9"), LIT_INIT("")},
};

static void a_name_is_kept_as_it_is_seen(void **state)
{
    (void)state;
    OWNED(arena_done) struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
        str kept = {0};
        err wrong = file_name_clean(&a, NAMES[i].name, &kept);
        if ((wrong == NULL) != (NAMES[i].kept.len > 0) || !str_eq(kept, NAMES[i].kept))
            fail_msg("case %zu: %.*s", i, STR_ARG(kept));
    }
}

static void a_long_name_keeps_its_ending_and_whole_characters(void **state)
{
    (void)state;
    OWNED(arena_done) struct arena a = {0};
    OWNED(buf_done) struct buf name;
    str kept;
    buf_init(&name, 1000);
    for (int i = 0; i < 150; i++)
        buf_put(&name, LIT("\xc3\xa9"));
    buf_put(&name, LIT(".pdf"));
    assert_null(file_name_clean(&a, buf_str(&name), &kept));
    assert_int_equal(kept.len, FILE_NAME_BYTES_MAX);
    assert_true(str_ends(kept, LIT("\xc3\xa9.pdf")));
}

/* RFC 6266, RFC 8187. */
static void a_browser_is_told_the_name_twice(void **state)
{
    (void)state;
    OWNED(arena_done) struct arena a = {0};
    str said = file_name_disposition(&a, LIT("R\xc3\xa9sum\xc3\xa9 1.pdf"));
    assert_true(str_eq(said, LIT("attachment; filename=\"R_sum_ 1.pdf\"; "
                                 "filename*=UTF-8''R%C3%A9sum%C3%A9%201.pdf")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_what_its_bytes_are),
        cmocka_unit_test(text_may_be_called_a_table_and_nothing_else),
        cmocka_unit_test(kinds_are_known_by_type_and_by_ending),
        cmocka_unit_test(a_name_is_kept_as_it_is_seen),
        cmocka_unit_test(a_long_name_keeps_its_ending_and_whole_characters),
        cmocka_unit_test(a_browser_is_told_the_name_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
