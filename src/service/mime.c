/*
 * Composing mail. Whatever comes from somebody stands in a header only as an encoded word or after
 * mime_check_address, in a body only in quoted-printable.
 */
#include "service/mime.h"

#include "base/clock.h"

#define LINE_BYTES_MAX 76
#define SUBJECT_BYTES_MAX 68 /* past it encoded words, which may be folded anywhere */
/* Of text in one encoded word: 45 bytes are 60 of base64, and with "=?utf-8?B?" and "?=" 72. */
#define WORD_BYTES_MAX 45

err mime_check_address(struct arena *a, str address)
{
    static const str REFUSED = LIT_INIT("<>()[]\\,;:\"");
    size_t at = str_find_char(address, '@');
    bool is_good = at > 0 && at + 1 < address.len && address.len <= 254;
    for (size_t i = 0; i < address.len; i++) {
        char c = address.at[i];
        is_good &= c > ' ' && c < 127 && str_find_char(REFUSED, c) == REFUSED.len;
        is_good &= c != '@' || i == at;
    }
    return is_good ? NULL : FAIL(a, ERR_INPUT, "there is an address that no mail can go to");
}

str mime_domain(str address)
{
    return str_skip(address, str_find_char(address, '@') + 1);
}

str mime_return_path(struct arena *a, str address, str tag)
{
    size_t at = str_find_char(address, '@');
    return arena_print(a, "%.*s+%.*s%.*s", STR_ARG(str_part(address, 0, at)), STR_ARG(tag),
                       STR_ARG(str_skip(address, at)));
}

/* ---- headers */

static bool is_plain(str text)
{
    bool is_plain = text.len <= SUBJECT_BYTES_MAX && str_find(text, LIT("=?")) == text.len;
    for (size_t i = 0; i < text.len; i++)
        is_plain &= text.at[i] >= ' ' && text.at[i] < 127;
    return is_plain;
}

static void put_base64(struct buf *to, str bytes)
{
    static const char LETTERS[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.len; i += 3) {
        uint32_t group = 0;
        for (size_t k = 0; k < 3; k++)
            group = group << 8 | (i + k < bytes.len ? (unsigned char)bytes.at[i + k] : 0u);
        for (size_t k = 0; k < 4; k++)
            buf_put_char(to, i + k > bytes.len ? '=' : LETTERS[group >> (18 - 6 * k) & 63]);
    }
}

/* Controls become spaces: a line of a header stays one line even when it is decoded. */
static str without_controls(struct arena *a, str text)
{
    char *out = arena_alloc(a, text.len);
    for (size_t i = 0; i < text.len; i++)
        out[i] = (unsigned char)text.at[i] < ' ' || text.at[i] == 127 ? ' ' : text.at[i];
    return (str){out, text.len};
}

/* RFC 2047 §5: words of whole characters, each on a line of its own. */
static void put_words(struct buf *to, str text)
{
    while (text.len) {
        size_t end = text.len < WORD_BYTES_MAX ? text.len : WORD_BYTES_MAX;
        while (end < text.len && ((unsigned char)text.at[end] & 0xc0) == 0x80)
            end--;
        buf_put(to, LIT("=?utf-8?B?"));
        put_base64(to, str_part(text, 0, end));
        buf_put(to, LIT("?="));
        text = str_skip(text, end);
        if (text.len)
            buf_put(to, LIT("\r\n "));
    }
}

static void put_header(struct buf *to, const char *name, str value)
{
    buf_print(to, "%s: %.*s\r\n", name, STR_ARG(value));
}

static void put_text_header(struct buf *to, struct arena *a, const char *name, str text)
{
    str clean = without_controls(a, text);
    buf_print(to, "%s: ", name);
    if (is_plain(clean))
        buf_put(to, clean);
    else
        put_words(to, clean);
    buf_put(to, LIT("\r\n"));
}

static void put_from(struct buf *to, struct arena *a, const struct mime_message *m)
{
    buf_put(to, LIT("From: "));
    if (m->from_name.len) {
        put_words(to, without_controls(a, m->from_name));
        buf_put(to, LIT("\r\n "));
    }
    buf_print(to, "<%.*s>\r\n", STR_ARG(m->from));
}

/* "Fri, 25 Aug 2028 13:04:00 +0000" */
static str date_of(struct arena *a, int64_t time_us)
{
    static const char WEEKDAYS[] = "ThuFriSatSunMonTueWed";
    static const char MONTHS[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int64_t seconds = time_us / US_PER_SECOND;
    int64_t year;
    unsigned month;
    unsigned day;
    clock_date_of_days(seconds / 86400, &year, &month, &day);
    return arena_print(a, "%.3s, %u %.3s %lld %02lld:%02lld:%02lld +0000",
                       WEEKDAYS + seconds / 86400 % 7 * 3, day, MONTHS + (month - 1) * 3,
                       (long long)year, (long long)(seconds / 3600 % 24),
                       (long long)(seconds / 60 % 60), (long long)(seconds % 60));
}

/* ---- bodies */

/* True where a byte may stand for itself (RFC 2045 §6.7). */
static bool is_literal(str text, size_t i)
{
    char c = text.at[i];
    bool is_last = i + 1 == text.len || text.at[i + 1] == '\n' || text.at[i + 1] == '\r';
    return c == ' ' ? !is_last : c > ' ' && c < 127 && c != '=';
}

static void put_quoted(struct buf *to, str text)
{
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_pair = text.at[i] == '\r' && i + 1 < text.len && text.at[i + 1] == '\n';
        if (is_pair || text.at[i] == '\n') {
            buf_put(to, LIT("\r\n"));
            i += is_pair;
            used = 0;
            continue;
        }
        size_t wide = is_literal(text, i) ? 1 : 3;
        if (used + wide >= LINE_BYTES_MAX) {
            buf_put(to, LIT("=\r\n"));
            used = 0;
        }
        /* A line that is one dot would end the mail for a careless relay. */
        if (wide == 1 && !(used == 0 && text.at[i] == '.'))
            buf_put_char(to, text.at[i]);
        else
            buf_print(to, "=%02X", (unsigned char)text.at[i]);
        used += wide;
    }
    buf_put(to, LIT("\r\n"));
}

static void put_part(struct buf *to, str boundary, str type, str text)
{
    buf_print(to, "--%.*s\r\n", STR_ARG(boundary));
    put_header(to, "Content-Type", type);
    put_header(to, "Content-Transfer-Encoding", LIT("quoted-printable"));
    buf_put(to, LIT("\r\n"));
    put_quoted(to, text);
}

/* The plainest first: a program shows the last part that it understands (RFC 2046 §5.1.4). */
static void put_body(struct buf *to, struct arena *a, const struct mime_message *m)
{
    str boundary = arena_join(a, LIT("=_"), m->id, (str){0});
    str type = arena_join(a, LIT("multipart/alternative; boundary=\""), boundary, LIT("\""));
    put_header(to, "Content-Type", type);
    buf_put(to, LIT("\r\n"));
    put_part(to, boundary, LIT("text/plain; charset=utf-8"), m->text);
    if (m->calendar.len)
        put_part(to, boundary,
                 arena_join(a, LIT("text/calendar; charset=utf-8; method="), m->calendar_method,
                            (str){0}),
                 m->calendar);
    buf_print(to, "--%.*s--\r\n", STR_ARG(boundary));
}

err mime_write(struct arena *a, const struct mime_message *m, struct buf *to)
{
    TRY(mime_check_address(a, m->from));
    TRY(mime_check_address(a, m->to));
    str id = arena_print(a, "<%.*s@%.*s>", STR_ARG(m->id), STR_ARG(mime_domain(m->from)));
    put_header(to, "Date", date_of(a, m->date_us));
    put_from(to, a, m);
    put_header(to, "To", arena_join(a, LIT("<"), m->to, LIT(">")));
    put_text_header(to, a, "Subject", m->subject);
    put_header(to, "Message-ID", id);
    put_header(to, "Auto-Submitted", LIT("auto-generated"));
    put_header(to, "MIME-Version", LIT("1.0"));
    put_body(to, a, m);
    return buf_check(a, to);
}
