/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-translation.h"

#include <string.h>

#define MAGIC 0x950412deu
#define HEADER 28

struct _SmTranslation
{
  GBytes *file;      /* (nullable): English, or it cannot be read */
  GHashTable *words; /* as the file has them: "context\004english" -> translated */
};

static guint32
read_number (const guint8 *data,
             gsize         at)
{
  guint32 number;

  memcpy (&number, data + at, sizeof number);
  return number;
}

/* Returns: (nullable): the string that an entry of the table at @at is of */
static const char *
read_text (const guint8 *data,
           gsize         size,
           gsize         at)
{
  gsize length, offset;

  if (at + 8 > size)
    return NULL;
  length = read_number (data, at);
  offset = read_number (data, at + 4);
  if (offset >= size || length >= size - offset || data[offset + length] != '\0')
    return NULL;
  return (const char *) data + offset;
}

/* A catalogue as msgfmt writes it for this machine. */
static void
read_words (SmTranslation *self)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->file, &size);
  gsize n, originals, translations;

  if (size < HEADER || read_number (data, 0) != MAGIC)
    return;
  n = read_number (data, 8);
  originals = read_number (data, 12);
  translations = read_number (data, 16);
  for (gsize i = 0; i < n; i++)
    {
      const char *english = read_text (data, size, originals + 8 * i);
      const char *word = read_text (data, size, translations + 8 * i);

      if (english == NULL || word == NULL)
        return;
      if (*english != '\0' && *word != '\0' && g_utf8_validate (word, -1, NULL))
        g_hash_table_replace (self->words, (gpointer) english, (gpointer) word);
    }
}

static char *
find_catalogue (const char *language,
                const char *root)
{
  g_auto (GStrv) parts = g_strsplit (language, "-", -1);
  g_autofree char *folder = g_strjoinv ("_", parts);
  g_autofree char *name = g_strconcat (GETTEXT_PACKAGE, ".mo", NULL);

  return g_build_filename (root, folder, "LC_MESSAGES", name, NULL);
}

/** sm_translation_new: @language: as names are written: "zh-CN"; one that is not there is English */
SmTranslation *
sm_translation_new (const char *language)
{
  static const char *const roots[] = { SM_BUILD_LOCALE_DIR, SM_LOCALE_DIR };
  SmTranslation *self = g_new0 (SmTranslation, 1);

  self->words = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; self->file == NULL && i < G_N_ELEMENTS (roots); i++)
    {
      g_autofree char *path = find_catalogue (language, roots[i]);
      g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);

      if (file != NULL)
        self->file = g_bytes_new (g_mapped_file_get_contents (file),
                                  g_mapped_file_get_length (file));
    }
  if (self->file != NULL)
    read_words (self);
  return self;
}

void
sm_translation_free (SmTranslation *self)
{
  g_hash_table_unref (self->words);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self);
}

/** sm_translation_get: Returns: (transfer none): the word, or @english where there is none */
const char *
sm_translation_get (const SmTranslation *self,
                    const char          *context,
                    const char          *english)
{
  g_autofree char *key = context != NULL ? g_strconcat (context, "\004", english, NULL)
                                         : g_strdup (english);
  const char *word = g_hash_table_lookup (self->words, key);

  return word != NULL ? word : english;
}
