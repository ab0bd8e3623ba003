/*
 * Kinds of files by their first bytes and their last.
 */
#include "base/file_kind.h"

#include "base/num.h"
#include "base/utf8.h"

#define PDF_END_WITHIN 1024

struct kind {
    str name;
    str type;
    str endings[2];
    str words;
};

#define KIND_ROW(ident, name, type, ending, other, words) \
    [ident] = {                                           \
        LIT_INIT(name), LIT_INIT(type), {LIT_INIT(ending), LIT_INIT(other)}, LIT_INIT(words)},
static const struct kind KINDS[FILE_KIND_COUNT] = {FILE_KINDS(KIND_ROW)};
#undef KIND_ROW

str file_kind_name(enum file_kind kind)
{
    ASSERT(kind < FILE_KIND_COUNT);
    return KINDS[kind].name;
}

str file_kind_type(enum file_kind kind)
{
    ASSERT(kind < FILE_KIND_COUNT);
    return KINDS[kind].type;
}

str file_kind_words(enum file_kind kind)
{
    ASSERT(kind < FILE_KIND_COUNT);
    return KINDS[kind].words;
}

bool file_kind_of_type(str type, enum file_kind *out)
{
    str bare = str_trim(str_part(type, 0, str_find_char(type, ';')));
    for (unsigned i = 0; i < FILE_KIND_COUNT; i++) {
        if (str_eq_nocase(bare, KINDS[i].type)) {
            *out = (enum file_kind)i;
            return true;
        }
    }
    return false;
}

static bool ends_in(str name, str ending)
{
    return name.len > ending.len && str_eq_nocase(str_skip(name, name.len - ending.len), ending);
}

bool file_kind_of_name(str name, enum file_kind *out)
{
    for (unsigned i = 0; i < FILE_KIND_COUNT; i++) {
        if (ends_in(name, KINDS[i].endings[0]) || ends_in(name, KINDS[i].endings[1])) {
            *out = (enum file_kind)i;
            return true;
        }
    }
    return false;
}

bool file_kind_agrees(enum file_kind is, enum file_kind said)
{
    return is == said || (is == FILE_KIND_TEXT && said == FILE_KIND_CSV);
}

/* ---- by the bytes */

static err check_pdf(struct arena *a, str bytes)
{
    str tail = bytes.len > PDF_END_WITHIN ? str_skip(bytes, bytes.len - PDF_END_WITHIN) : bytes;
    if (str_find(tail, LIT("%%EOF")) < tail.len)
        return NULL;
    return FAIL(a, ERR_INVALID,
                "This begins as a PDF document and has no end: it seems to be cut short");
}

static err check_png(struct arena *a, str bytes)
{
    static const str END = LIT_INIT("\0\0\0\0IEND\xae\x42\x60\x82");
    if (str_eq(str_part(bytes, 12, 16), LIT("IHDR")) && str_ends(bytes, END))
        return NULL;
    return FAIL(a, ERR_INVALID,
                "This begins as a PNG image and does not end as one: it is cut short, or something "
                "else hangs on it");
}

/* What people try to send, so that the refusal can name it. */
static const struct {
    str begin;
    bool is_text_too; /* a text may begin so */
    const char *words;
} OTHERS[] = {
    {LIT_INIT("PK\x03\x04"), false, "an Office document or a ZIP archive; save it as PDF"},
    {LIT_INIT("\xd0\xcf\x11\xe0"), false, "an older Office document; save it as PDF"},
    {LIT_INIT("GIF8"), true, "a GIF image; save it as PNG"},
    {LIT_INIT("\xff\xfe"), false, "text as UTF-16; save it as UTF-8"},
    {LIT_INIT("\xfe\xff"), false, "text as UTF-16; save it as UTF-8"},
    {LIT_INIT("MZ"), true, "a program"},
    {LIT_INIT("\x7f"
              "ELF"),
     false, "a program"},
};

/* NULL: no such thing. */
static const char *words_of_other(str bytes, bool is_text)
{
    for (size_t i = 0; i < COUNT_OF(OTHERS); i++) {
        if (str_starts(bytes, OTHERS[i].begin) && !(is_text && OTHERS[i].is_text_too))
            return OTHERS[i].words;
    }
    return NULL;
}

static err refuse_other(struct arena *a, const char *words)
{
    return FAIL(a, ERR_INVALID,
                "Taken are PDF documents, PNG and JPEG images, and text as UTF-8 (also CSV); by "
                "its bytes this is %s",
                words ? words : "nothing known here");
}

static err sniff_text(struct arena *a, str bytes, enum file_kind *out)
{
    bool is_text = str_find_char(bytes, '\0') == bytes.len && utf8_find_fault(bytes) == bytes.len;
    const char *other = words_of_other(bytes, is_text);
    if (!is_text || other)
        return refuse_other(a, other);
    *out = FILE_KIND_TEXT;
    return NULL;
}

err file_kind_sniff(struct arena *a, str bytes, enum file_kind *out)
{
    enum file_kind kind;
    if (bytes.len == 0)
        return FAIL(a, ERR_INVALID, "This file is empty");
    if (str_starts(bytes, LIT("%PDF-"))) {
        TRY(check_pdf(a, bytes));
        kind = FILE_KIND_PDF;
    } else if (str_starts(bytes, LIT("\x89PNG\r\n\x1a\n"))) {
        TRY(check_png(a, bytes));
        kind = FILE_KIND_PNG;
    } else if (str_starts(bytes, LIT("\xff\xd8\xff"))) {
        kind = FILE_KIND_JPEG;
    } else {
        return sniff_text(a, bytes, out);
    }
    *out = kind;
    return NULL;
}
