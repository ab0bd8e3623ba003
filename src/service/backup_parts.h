/*
 * What writing and reading backups share. For backup*.c only.
 */
#ifndef TOCSIN_SERVICE_BACKUP_PARTS_H
#define TOCSIN_SERVICE_BACKUP_PARTS_H

#include "service/backup.h"
#include "store/files.h"

#include <stdio.h>
#include <unistd.h>

#define BACKUP_MAGIC "tocsin-backup 1\n"
#define BACKUP_SHARED_MAGIC "tocsin-backup 2\n"
#define BACKUP_MAGIC_BYTES (sizeof(BACKUP_MAGIC) - 1)
#define BACKUP_NAME_LENGTH_BYTES 2
#define BACKUP_LENGTH_BYTES 8
#define BACKUP_SEALED_BYTES (BACKUP_PIECE_BYTES + SECRET_STREAM_EXTRA_BYTES)

/* The files of an exchange, the database first. */
#define BACKUP_DATABASE "tocsin.db"
#define BACKUP_NAMES                                                              \
    {                                                                             \
        LIT_INIT(BACKUP_DATABASE), LIT_INIT("tocsin.conf"), LIT_INIT("audit.key") \
    }
#define BACKUP_NAME_COUNT 3
/* And what people gave: FILES_FOLDER "/" and a digest each. */
#define BACKUP_FILES FILES_FOLDER "/"

/* To which key the stream goes, and what stands in the file before it. */
struct backup_sealing {
    unsigned char public_key[SECRET_KEY_BYTES];
    str head;
};
err backup_shares_make(struct arena *a, const struct backup_holders *to,
                       struct backup_sealing *out) MUST_USE;
/* Reads past the shares, and says what it takes where this is not the key of the file. */
err backup_shares_pass(struct arena *a, FILE *from, str path,
                       const unsigned char secret_key[SECRET_KEY_BYTES]) MUST_USE;

static inline void backup_close_file(FILE **file)
{
    if (*file)
        fclose(*file);
}

static inline void backup_put_number(char *out, size_t bytes, uint64_t number)
{
    for (size_t i = 0; i < bytes; i++)
        out[i] = (char)(number >> (8 * (bytes - 1 - i)) & 0xff);
}

static inline uint64_t backup_get_number(const char *from, size_t bytes)
{
    uint64_t number = 0;
    for (size_t i = 0; i < bytes; i++)
        number = number << 8 | (unsigned char)from[i];
    return number;
}

#endif
