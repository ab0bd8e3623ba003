/*
 * Words: what search finds objects by. Letters and digits of any script, without case and accents;
 * everything else parts them, so that login-ohio.example is three words.
 */
#ifndef TOCSIN_STORE_SEARCH_WORDS_H
#define TOCSIN_STORE_SEARCH_WORDS_H

#include "json/json.h"

/* Longer words are found by so much of them. */
#define SEARCH_WORD_BYTES_MAX 128
/* Of an object; what stands behind them is not found. */
#define SEARCH_WORDS_MAX 2000

struct search_words {
    str *items; /* without doubles, in the order of the text */
    size_t count;
    size_t capacity;
};

/* How many of what an object points at or contains are indexed. */
#define SEARCH_REFS_MAX 5000

/*
 * What an object with this id is found by in those that name it: a word that no text has, since it
 * holds a sign that parts words.
 */
str search_word_of_ref(struct arena *a, int64_t id_hash);

void search_words_of_text(struct arena *a, str text, struct search_words *out);

/* The words of what an object is called, says and consists of: names, texts, patterns, values. */
void search_words_of_object(struct arena *a, json object, struct search_words *out);

#endif
