/*
 * Marks and compatible forms go by Unicode's own data (utf8proc); the table has what looks alike
 * across scripts.
 */
#include "sweep/confusable.h"

#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

/* Letters of other scripts, each before the Latin one that it is taken for. */
static const struct {
    const char *letters;
    char read;
} ALIKE[] = {
    {"\u0430\u03b1\u0251", 'a'},             /* Cyrillic, Greek, IPA */
    {"\u0432\u044c\u03b2", 'b'},             /* Cyrillic ve and soft sign, Greek */
    {"\u0441\u03f2\u1d04", 'c'},             /* Cyrillic, Greek lunate, small capital */
    {"\u0501\u0111", 'd'},                   /* Cyrillic komi de, d with stroke */
    {"\u0435\u03b5\u0454", 'e'},             /* Cyrillic ie, Greek, Ukrainian ie */
    {"\u0261\u0581", 'g'},                   /* IPA, Armenian */
    {"\u04bb\u043d\u0570\u0127", 'h'},       /* Cyrillic shha and en, Armenian, h with stroke */
    {"\u0456\u0131\u03b9\u0269", 'i'},       /* Ukrainian, dotless, Greek, IPA */
    {"\u0458\u03f3", 'j'},                   /* Cyrillic je, Greek yot */
    {"\u043a\u03ba", 'k'},                   /* Cyrillic, Greek */
    {"\u04cf\u0142\u01c0", 'l'},             /* palochka, l with stroke, click */
    {"\u043c", 'm'},                         /* Cyrillic em */
    {"\u043f\u03b7\u0578", 'n'},             /* Cyrillic pe, Greek eta, Armenian */
    {"\u043e\u03bf\u0585\u00f8\u0275", 'o'}, /* Cyrillic, Greek, Armenian, o with stroke, barred */
    {"\u0440\u03c1", 'p'},                   /* Cyrillic er, Greek rho */
    {"\u051b\u0566", 'q'},                   /* Cyrillic, Armenian */
    {"\u0433", 'r'},                         /* Cyrillic ghe */
    {"\u0455", 's'},                         /* Cyrillic dze */
    {"\u0442\u03c4\u0167", 't'},             /* Cyrillic, Greek, t with stroke */
    {"\u03c5\u057d", 'u'},                   /* Greek, Armenian */
    {"\u0475\u03bd", 'v'},                   /* izhitsa, Greek nu */
    {"\u051d\u03c9", 'w'},                   /* Cyrillic, Greek omega */
    {"\u0445\u03c7", 'x'},                   /* Cyrillic ha, Greek chi */
    {"\u0443\u03b3\u028f", 'y'},             /* Cyrillic u, Greek gamma, small capital */
};

static uint32_t read_as(uint32_t letter)
{
    for (size_t i = 0; i < COUNT_OF(ALIKE) && letter >= 0x80; i++) {
        uint32_t other;
        for (str rest = str_of(ALIKE[i].letters); utf8_next(&rest, &other);) {
            if (other == letter)
                return (unsigned char)ALIKE[i].read;
        }
    }
    return letter;
}

str confusable_as_read(struct arena *a, str text)
{
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t size =
        utf8proc_map((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.len, &made,
                     UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
                         UTF8PROC_CASEFOLD);
    if (size < 0)
        return text;
    OWNED(buf_done) struct buf read;
    buf_init(&read, (size_t)size * 4 + 1);
    str rest = {(const char *)made, (size_t)size};
    for (uint32_t letter; utf8_next(&rest, &letter);)
        utf8_put(&read, read_as(letter));
    free(made);
    return arena_copy(a, buf_str(&read));
}
