/*
 * simdjson's DOM parser behind parse.h. A text without padding is copied once, into memory with the
 * padding that the parser wants behind it: copying is far faster than parsing.
 *
 * Where each value begins comes from the parser's own list of structural places: it holds every
 * bracket, comma and colon and the first byte of every string, number and literal, in order, and
 * the tape has one entry for each of them but commas and colons.
 */
#include "json/parse.h"

#include <simdjson.h>

#include <cstring>
#include <memory>
#include <new>

namespace
{

constexpr size_t CAPACITY_LEAST = 16 * 1024;
/* More than this is given back once the texts are small again. */
constexpr size_t CAPACITY_KEPT = 1024 * 1024;

struct character {
    uint8_t words; /* that a value which begins with it takes on the tape */
    int8_t depth;
};

struct character_table {
    character of[256];

    constexpr character_table() : of()
    {
        for (character &c : of)
            c = {1, 0};
        put(",:", {0, 0});
        put("{[", {1, 1});
        put("}]", {1, -1});
        put("-0123456789", {2, 0});
    }

    constexpr void put(const char *characters, character value)
    {
        for (; *characters; characters++)
            of[static_cast<uint8_t>(*characters)] = value;
    }
};

constexpr character_table CHARACTERS;

} // namespace

struct json_parser {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stages;
    simdjson::dom::document document;
    std::unique_ptr<char[]> padded;
    std::unique_ptr<uint32_t[]> offsets;
    size_t capacity = 0; /* bytes of text that fit */
    unsigned depth_max = 0;
    /* What was read last. */
    const char *text = nullptr;
    uint32_t tape_count = 0;
    bool has_offsets = false;
};

namespace
{

bool allocate(json_parser *p, size_t capacity)
{
    p->capacity = 0;
    p->stages.reset();
    p->padded.reset();
    p->offsets.reset();
    if (p->document.allocate(0) != simdjson::SUCCESS)
        return false;
    if (p->document.allocate(capacity) != simdjson::SUCCESS)
        return false;
    p->padded.reset(new (std::nothrow) char[capacity + simdjson::SIMDJSON_PADDING]);
    p->offsets.reset(new (std::nothrow) uint32_t[capacity + simdjson::SIMDJSON_PADDING]);
    if (!p->padded || !p->offsets)
        return false;
    /* The parser's depth counts from one, and no empty containers: map_offsets is exact. */
    if (simdjson::get_active_implementation()->create_dom_parser_implementation(
            capacity, p->depth_max + 1, p->stages) != simdjson::SUCCESS)
        return false;
    p->capacity = capacity;
    return true;
}

bool make_room(json_parser *p, size_t size, unsigned depth_max)
{
    bool is_too_large = p->capacity > CAPACITY_KEPT && size < p->capacity / 4;
    if (size <= p->capacity && depth_max == p->depth_max && !is_too_large)
        return true;
    size_t capacity = is_too_large ? CAPACITY_LEAST : p->capacity;
    if (capacity < CAPACITY_LEAST)
        capacity = CAPACITY_LEAST;
    while (capacity < size)
        capacity += capacity / 2;
    p->depth_max = depth_max;
    return allocate(p, capacity);
}

static_assert(JSON_PADDING >= simdjson::SIMDJSON_PADDING);

const char *pad(json_parser *p, const char *text, size_t size)
{
    std::memcpy(p->padded.get(), text, size);
    std::memset(p->padded.get() + size, ' ', simdjson::SIMDJSON_PADDING);
    return p->padded.get();
}

/* False if it is too deep. */
bool map_offsets(json_parser *p)
{
    const uint32_t *from = p->stages->structural_indexes.get();
    const uint32_t *end = from + p->stages->n_structural_indexes;
    const char *text = p->text;
    uint32_t *offsets = p->offsets.get();
    uint32_t word = 1;
    int64_t depth = 0;
    int64_t deepest = 0;
    for (; from < end; from++) {
        character c = CHARACTERS.of[static_cast<uint8_t>(text[*from])];
        offsets[word] = *from;
        word += c.words;
        depth += c.depth;
        deepest = depth > deepest ? depth : deepest;
    }
    p->has_offsets = true;
    return word == p->tape_count - 1 && deepest <= static_cast<int64_t>(p->depth_max);
}

} // namespace

extern "C" struct json_parser *json_parser_open(void)
{
    return new (std::nothrow) json_parser;
}

extern "C" void json_parser_close(struct json_parser *p)
{
    delete p;
}

extern "C" enum json_parsed json_parser_read(struct json_parser *p, const char *text, size_t size,
                                             struct json_asked asked, struct json_tape *out)
{
    if (size == 0)
        return JSON_PARSED_NOT;
    if (!make_room(p, size, asked.depth_max))
        return JSON_PARSED_NO_MEMORY;
    p->text = asked.is_padded ? text : pad(p, text, size);
    const uint8_t *bytes = reinterpret_cast<const uint8_t *>(p->text);
    if (p->stages->parse(bytes, size, p->document) != simdjson::SUCCESS)
        return JSON_PARSED_NOT;
    const uint64_t *words = p->document.tape.get();
    p->tape_count = static_cast<uint32_t>(words[0]);
    p->has_offsets = false;
    if (!asked.finds_offsets_late && !map_offsets(p))
        return JSON_PARSED_NOT;
    *out = {words, reinterpret_cast<const char *>(p->document.string_buf.get()), p->tape_count};
    return JSON_PARSED;
}

extern "C" const uint32_t *json_parser_offsets(struct json_parser *p)
{
    if (!p->has_offsets)
        map_offsets(p);
    return p->offsets.get();
}
