/*
 * Secrets: published values where there are some, and that nothing changed, cut or swapped passes.
 */
#include "base/num.h"
#include "base/secret.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define PIECE_BYTES_MAX ((size_t)1 << 20)

static const unsigned char KEY[SECRET_KEY_BYTES] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
                                                    11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                                                    22, 23, 24, 25, 26, 27, 28, 29, 30, 31};

static void assert_hex(const void *bytes, size_t size, const char *expected)
{
    OWNED(arena_done)
    struct arena a = {0};
    assert_string_equal(secret_hex(&a, bytes, size).at, expected);
}

static void hashes_as_published(void **state)
{
    (void)state;
    unsigned char input[15];
    memcpy(input, KEY, sizeof(input));
    /* The example of the SipHash paper. */
    assert_true(secret_short_hash(KEY, (str){(const char *)input, sizeof(input)}) ==
                UINT64_C(0xa129ca6149be45e5));
    unsigned char digest[SECRET_DIGEST_BYTES];
    secret_digest(NULL, LIT("abc"), digest);
    assert_hex(digest, sizeof(digest),
               "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    secret_digest(KEY, LIT("abc"), digest);
    assert_hex(digest, sizeof(digest),
               "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f");
}

static void tells_lists_of_parts_apart(void **state)
{
    (void)state;
    static const str LEFT[] = {LIT_INIT("a"), LIT_INIT("bc")};
    static const str RIGHT[] = {LIT_INIT("ab"), LIT_INIT("c")};
    unsigned char left[SECRET_DIGEST_BYTES];
    unsigned char right[SECRET_DIGEST_BYTES];
    secret_digest_parts(NULL, LEFT, 2, left);
    secret_digest_parts(NULL, RIGHT, 2, right);
    assert_hex(left, sizeof(left),
               "77bbcab7072b897c548327378f11776f4853104c71bdb95a12ded5d2783523bf");
    assert_memory_not_equal(left, right, sizeof(left));
    secret_digest_parts(KEY, LEFT, 2, right);
    assert_memory_not_equal(left, right, sizeof(left));
}

static void draws_numbers_below_a_bound(void **state)
{
    (void)state;
    unsigned seen = 0;
    for (int i = 0; i < 1000; i++) {
        uint32_t drawn = secret_random_below(3);
        assert_true(drawn < 3);
        seen |= 1u << drawn;
    }
    assert_int_equal(seen, 7);
    assert_int_equal(secret_random_below(1), 0);
}

static void compares_secrets(void **state)
{
    (void)state;
    assert_true(secret_eq(LIT("abc"), LIT("abc")));
    assert_true(secret_eq((str){0}, LIT("")));
    assert_false(secret_eq(LIT("abc"), LIT("abd")));
    assert_false(secret_eq(LIT("abc"), LIT("ab")));
}

static void reads_hexadecimal_of_the_right_length_only(void **state)
{
    (void)state;
    static const struct {
        const char *hex;
        bool is_good;
    } CASES[] = {
        {"00ff", true}, {"00FF", true},  {"00f", false},    {"", false},
        {"00", false},  {"0x0f", false}, {"00ffaa", false}, {"0 ff", false},
    };
    for (size_t i = 0; i < COUNT_OF(CASES); i++) {
        unsigned char bytes[2] = {7, 7};
        assert_int_equal(secret_from_hex(str_of(CASES[i].hex), bytes, 2), CASES[i].is_good);
        assert_memory_equal(bytes, CASES[i].is_good ? "\x00\xff" : "\x07\x07", 2);
    }
}

static void reads_base64_of_the_url_alphabet(void **state)
{
    (void)state;
    static const struct {
        str bytes;
        const char *text;
    } GOOD[] = {
        {LIT_INIT(""), ""},
        {LIT_INIT("f"), "Zg"},
        {LIT_INIT("fo"), "Zm8"},
        {LIT_INIT("foo"), "Zm9v"},
        {LIT_INIT("\xfb\xff\xfe"), "-__-"},
        {LIT_INIT("a\0b"), "YQBi"},
    };
    static const char *const BROKEN[] = {"Zg==", "Z",    "Zh",    "Zm9",
                                         "Zm8=", "-_/-", "Zm 9v", "Zm9v\n"};
    OWNED(arena_done)
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(GOOD); i++) {
        str back = {0};
        assert_true(str_eq(secret_base64url(&a, GOOD[i].bytes), str_of(GOOD[i].text)));
        assert_null(secret_from_base64url(&a, str_of(GOOD[i].text), &back));
        assert_true(str_eq(back, GOOD[i].bytes));
    }
    for (size_t i = 0; i < COUNT_OF(BROKEN); i++) {
        str back = {0};
        err failure = secret_from_base64url(&a, str_of(BROKEN[i]), &back);
        if (failure == NULL)
            fail_msg("%s is taken", BROKEN[i]);
        assert_int_equal(failure->code, ERR_INPUT);
    }
}

static void reads_base64_with_padding(void **state)
{
    (void)state;
    static const char *const BROKEN[] = {"Zg", "Zg=", "Zg===", "=", "-__-", "Zm9v Zm9v", "Zh=="};
    OWNED(arena_done)
    struct arena a = {0};
    str back = {0};
    assert_null(secret_from_base64(&a, LIT("dXNlcjpwYXNz"), &back));
    assert_true(str_eq(back, LIT("user:pass")));
    assert_null(secret_from_base64(&a, LIT("Zg=="), &back));
    assert_true(str_eq(back, LIT("f")));
    assert_null(secret_from_base64(&a, LIT("+//+"), &back));
    assert_true(str_eq(back, LIT("\xfb\xff\xfe")));
    for (size_t i = 0; i < COUNT_OF(BROKEN); i++) {
        if (secret_from_base64(&a, str_of(BROKEN[i]), &back) == NULL)
            fail_msg("%s is taken", BROKEN[i]);
    }
}

/* S10: argon2id with 19 MiB and two passes. */
static void knows_a_password_again(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    str first = {0};
    str second = {0};
    assert_null(secret_password_hash(&a, LIT("correct horse"), &first));
    assert_null(secret_password_hash(&a, LIT("correct horse"), &second));
    assert_true(str_starts(first, LIT("$argon2id$v=19$m=19456,t=2,p=1$")));
    assert_false(str_eq(first, second));
    assert_true(secret_password_matches(first, LIT("correct horse")));
    assert_false(secret_password_matches(first, LIT("correct horsf")));
    assert_false(secret_password_matches(first, (str){0}));
    assert_false(secret_password_matches(str_skip(first, 1), LIT("correct horse")));
    assert_false(secret_password_matches((str){0}, LIT("correct horse")));
}

static void opens_what_it_sealed_and_nothing_else(void **state)
{
    (void)state;
    OWNED(arena_done)
    struct arena a = {0};
    unsigned char other[SECRET_KEY_BYTES] = {0};
    str sealed = secret_seal(&a, KEY, LIT("next"), LIT("position 7"));
    str plain = {0};
    assert_null(secret_open(&a, KEY, LIT("next"), sealed, &plain));
    assert_true(str_eq(plain, LIT("position 7")));
    /* O2: the same content seals to the same bytes, so that a page asked for twice is the same. */
    assert_true(str_eq(sealed, secret_seal(&a, KEY, LIT("next"), LIT("position 7"))));
    assert_false(str_eq(sealed, secret_seal(&a, KEY, LIT("next"), LIT("position 8"))));
    assert_non_null(secret_open(&a, other, LIT("next"), sealed, &plain));
    assert_non_null(secret_open(&a, KEY, LIT("session"), sealed, &plain));
    for (size_t len = 0; len < sealed.len; len++)
        assert_non_null(secret_open(&a, KEY, LIT("next"), str_part(sealed, 0, len), &plain));
    for (size_t bit = 0; bit < sealed.len * 8; bit++) {
        char *changed = arena_alloc(&a, sealed.len);
        memcpy(changed, sealed.at, sealed.len);
        changed[bit / 8] = (char)(changed[bit / 8] ^ 1 << bit % 8);
        err failure = secret_open(&a, KEY, LIT("next"), (str){changed, sealed.len}, &plain);
        assert_non_null(failure);
        assert_int_equal(failure->code, ERR_INPUT);
    }
    sealed = secret_seal(&a, KEY, LIT("next"), (str){0});
    assert_null(secret_open(&a, KEY, LIT("next"), sealed, &plain));
    assert_int_equal(plain.len, 0);
}

static void signs(void **state)
{
    (void)state;
    unsigned char public_key[SECRET_PUBLIC_KEY_BYTES];
    unsigned char secret_key[SECRET_SIGNING_KEY_BYTES];
    unsigned char signature[SECRET_SIGNATURE_BYTES];
    secret_signing_pair(public_key, secret_key);
    secret_sign(secret_key, LIT("head 12"), signature);
    assert_true(secret_signature_is_good(public_key, LIT("head 12"), signature));
    assert_false(secret_signature_is_good(public_key, LIT("head 13"), signature));
    signature[3] ^= 1;
    assert_false(secret_signature_is_good(public_key, LIT("head 12"), signature));
    signature[3] ^= 1;
    public_key[0] ^= 1;
    assert_false(secret_signature_is_good(public_key, LIT("head 12"), signature));
}

/* A stream of three pieces, to be opened in various wrong ways. */
struct stream_case {
    struct arena arena;
    unsigned char secret_key[SECRET_KEY_BYTES];
    str header;
    str pieces[3];
};

static const str PLAIN[] = {LIT_INIT("first"), LIT_INIT(""), LIT_INIT("the last one")};

static void make_stream(struct stream_case *c)
{
    *c = (struct stream_case){0};
    unsigned char public_key[SECRET_KEY_BYTES];
    secret_box_pair(public_key, c->secret_key);
    struct secret_stream *s = secret_stream_writer(&c->arena, public_key, &c->header);
    assert_int_equal(c->header.len, secret_stream_header_bytes());
    OWNED(buf_done)
    struct buf sealed;
    buf_init(&sealed, PIECE_BYTES_MAX);
    for (size_t i = 0; i < COUNT_OF(PLAIN); i++) {
        secret_stream_push(s, PLAIN[i], i == 2, &sealed);
        assert_int_equal(sealed.len, PLAIN[i].len + SECRET_STREAM_EXTRA_BYTES);
        c->pieces[i] = arena_copy(&c->arena, buf_str(&sealed));
    }
}

static struct secret_stream *open_stream(struct stream_case *c)
{
    struct secret_stream *s = NULL;
    assert_null(secret_stream_reader(&c->arena, c->secret_key, c->header, &s));
    return s;
}

static void reads_the_stream_it_wrote(void **state)
{
    (void)state;
    struct stream_case c;
    make_stream(&c);
    struct secret_stream *s = open_stream(&c);
    OWNED(buf_done)
    struct buf piece;
    buf_init(&piece, PIECE_BYTES_MAX);
    for (size_t i = 0; i < COUNT_OF(PLAIN); i++) {
        bool is_last = false;
        assert_null(secret_stream_pull(&c.arena, s, c.pieces[i], &piece, &is_last));
        assert_true(str_eq(buf_str(&piece), PLAIN[i]));
        assert_int_equal(is_last, i == 2);
    }
    bool is_last;
    assert_non_null(secret_stream_pull(&c.arena, s, c.pieces[2], &piece, &is_last));
    arena_done(&c.arena);
}

static void assert_corrupt(struct stream_case *c, struct secret_stream *s, str sealed)
{
    OWNED(buf_done)
    struct buf piece;
    buf_init(&piece, PIECE_BYTES_MAX);
    bool is_last;
    err failure = secret_stream_pull(&c->arena, s, sealed, &piece, &is_last);
    assert_non_null(failure);
    assert_int_equal(failure->code, ERR_CORRUPT);
    assert_int_equal(piece.len, 0);
}

static void refuses_a_stream_that_was_touched(void **state)
{
    (void)state;
    struct stream_case c;
    make_stream(&c);
    for (size_t i = 0; i < c.pieces[0].len; i++) {
        str changed = arena_copy(&c.arena, c.pieces[0]);
        ((char *)(uintptr_t)changed.at)[i] ^= 1;
        assert_corrupt(&c, open_stream(&c), changed);
    }
    assert_corrupt(&c, open_stream(&c), c.pieces[1]);
    assert_corrupt(&c, open_stream(&c), str_part(c.pieces[0], 0, c.pieces[0].len - 1));
    assert_corrupt(&c, open_stream(&c), (str){0});
    arena_done(&c.arena);
}

static void refuses_a_stream_for_another_key(void **state)
{
    (void)state;
    struct stream_case c;
    struct stream_case other;
    make_stream(&c);
    make_stream(&other);
    struct secret_stream *s = NULL;
    err failure = secret_stream_reader(&c.arena, other.secret_key, c.header, &s);
    assert_non_null(failure);
    assert_int_equal(failure->code, ERR_FORBIDDEN);
    failure = secret_stream_reader(&c.arena, c.secret_key, str_skip(c.header, 1), &s);
    assert_non_null(failure);
    assert_int_equal(failure->code, ERR_CORRUPT);
    assert_null(s);
    arena_done(&c.arena);
    arena_done(&other.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_as_published),
        cmocka_unit_test(tells_lists_of_parts_apart),
        cmocka_unit_test(draws_numbers_below_a_bound),
        cmocka_unit_test(compares_secrets),
        cmocka_unit_test(reads_hexadecimal_of_the_right_length_only),
        cmocka_unit_test(reads_base64_of_the_url_alphabet),
        cmocka_unit_test(reads_base64_with_padding),
        cmocka_unit_test(knows_a_password_again),
        cmocka_unit_test(opens_what_it_sealed_and_nothing_else),
        cmocka_unit_test(signs),
        cmocka_unit_test(reads_the_stream_it_wrote),
        cmocka_unit_test(refuses_a_stream_that_was_touched),
        cmocka_unit_test(refuses_a_stream_for_another_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
