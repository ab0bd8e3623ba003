/*
 * Cutting texts into words, and which properties of an object have any.
 */
#include "store/search_words.h"

#include "base/map.h"
#include "base/utf8.h"
#include "pattern/text.h"

#define VALUE_DEPTH_MAX 4

/* Of any type: what a property of this name says is what people remember an object by. */
static const char *const PROPERTIES[] = {
    "name",      "description", "aliases",      "labels",    "abstract",      "content",
    "text",      "explanation", "reason",       "note",      "goals",         "pattern",
    "value",     "hashes",      "display_name", "user_id",   "subject",       "account_login",
    "path",      "key",         "command_line", "publisher", "opinion",       "external_references",
    "presenter", "region",      "country",      "city",      "serial_number",
};

struct gathering {
    struct arena *a;
    struct map met;
    struct search_words *out;
};

static void add_word(struct gathering *g, str word)
{
    word = str_part(word, 0, SEARCH_WORD_BYTES_MAX);
    word.len = utf8_find_fault(word); /* not in the middle of a character */
    if (word.len == 0 || g->out->count == SEARCH_WORDS_MAX || map_get(&g->met, word))
        return;
    map_put(&g->met, word, g->out);
    *LIST_ADD(g->a, g->out) = word;
}

static void add_text(struct gathering *g, str text)
{
    str rest = text_fold(g->a, text);
    const char *begin = rest.at;
    const char *end = rest.at;
    uint32_t c;
    while (utf8_next(&rest, &c)) {
        if (text_is_word(c)) {
            end = rest.at;
            continue;
        }
        add_word(g, (str){begin, (size_t)(end - begin)});
        begin = end = rest.at;
    }
    add_word(g, (str){begin, (size_t)(end - begin)});
}

static void add_value(struct gathering *g, json value, unsigned depth)
{
    if (json_is(value, JSON_STRING))
        add_text(g, json_string(value));
    for (struct json_walk w = json_walk(value); depth < VALUE_DEPTH_MAX && json_next(&w);)
        add_value(g, w.value, depth + 1);
}

str search_word_of_ref(struct arena *a, int64_t id_hash)
{
    return arena_print(a, "\xe2\x86\x92%016llx", (unsigned long long)id_hash); /* an arrow */
}

void search_words_of_text(struct arena *a, str text, struct search_words *out)
{
    struct gathering g = {.a = a, .out = out};
    map_init(&g.met, a);
    add_text(&g, text);
}

void search_words_of_object(struct arena *a, json object, struct search_words *out)
{
    struct gathering g = {.a = a, .out = out};
    map_init(&g.met, a);
    for (size_t i = 0; i < sizeof(PROPERTIES) / sizeof(PROPERTIES[0]); i++)
        add_value(&g, json_get(object, str_of(PROPERTIES[i])), 0);
}
