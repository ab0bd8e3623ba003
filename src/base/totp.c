/*
 * One-time codes of authenticator apps.
 */
#include "base/totp.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/hash.h"

#define CODE_LIMIT 1000000
#define DRIFT_STEPS 1

int64_t totp_step(int64_t time_us)
{
    return time_us / (TOTP_STEP_SECONDS * US_PER_SECOND);
}

/* RFC 4226 §5.3: four bytes from where the last one points, without the sign. */
static uint32_t truncate(const unsigned char mac[HASH_SHA1_BYTES])
{
    const unsigned char *at = mac + (mac[HASH_SHA1_BYTES - 1] & 0x0f);
    return (uint32_t)(at[0] & 0x7f) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

uint32_t totp_code(str secret, int64_t step)
{
    unsigned char count[8];
    unsigned char mac[HASH_SHA1_BYTES];
    for (unsigned i = 0; i < 8; i++)
        count[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    hash_hmac_sha1(secret, (str){(const char *)count, sizeof(count)}, mac);
    return truncate(mac) % CODE_LIMIT;
}

static bool read_code(str typed, uint32_t *code)
{
    uint32_t value = 0;
    size_t digits = 0;
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.at[i] == ' ')
            continue;
        if (!char_is_digit(typed.at[i]) || ++digits > TOTP_DIGITS)
            return false;
        value = value * 10 + (uint32_t)(typed.at[i] - '0');
    }
    *code = value;
    return digits == TOTP_DIGITS;
}

bool totp_find(str secret, str typed, int64_t now_us, int64_t last, int64_t *step)
{
    uint32_t code;
    bool is_found = false;
    if (!read_code(typed, &code))
        return false;
    for (int64_t i = -DRIFT_STEPS; i <= DRIFT_STEPS; i++) {
        int64_t tried = totp_step(now_us) + i;
        if (totp_code(secret, tried) != code || tried <= last || is_found)
            continue;
        *step = tried;
        is_found = true;
    }
    return is_found;
}

str totp_base32(struct arena *a, str bytes)
{
    static const char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    OWNED(buf_done) struct buf b;
    uint32_t held = 0;
    unsigned bits = 0;
    buf_init(&b, bytes.len * 2 + 8);
    for (size_t i = 0; i < bytes.len; i++) {
        held = held << 8 | (unsigned char)bytes.at[i];
        for (bits += 8; bits >= 5; bits -= 5)
            buf_put_char(&b, LETTERS[held >> (bits - 5) & 31]);
    }
    if (bits)
        buf_put_char(&b, LETTERS[held << (5 - bits) & 31]);
    return arena_copy(a, buf_str(&b));
}

static void put_encoded(struct buf *b, str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (char_is_alnum(text.at[i]) || strchr("-._~", (int)c))
            buf_put_char(b, text.at[i]);
        else
            buf_print(b, "%%%02X", c);
    }
}

str totp_uri(struct arena *a, str issuer, str account, str secret)
{
    OWNED(buf_done) struct buf b;
    buf_init(&b, 4096);
    buf_put(&b, LIT("otpauth://totp/"));
    put_encoded(&b, issuer);
    buf_put_char(&b, ':');
    put_encoded(&b, account);
    buf_put(&b, LIT("?secret="));
    buf_put(&b, totp_base32(a, secret));
    buf_put(&b, LIT("&issuer="));
    put_encoded(&b, issuer);
    return arena_copy(a, buf_str(&b));
}
