/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-zip-writer.h"

#include <string.h>

#define LOCAL_HEADER 0x04034b50
#define DESCRIPTOR 0x08074b50
#define CENTRAL_HEADER 0x02014b50
#define CENTRAL_END 0x06054b50
#define VERSION 20
/* Sizes follow the data; names are UTF-8. */
#define FLAGS 0x0808
#define DEFLATED 8
/* 1 January 1980: archives of the same rows are the same. */
#define DOS_DATE 0x0021
#define CHUNK 32768

typedef struct
{
  char *name;
  guint32 crc;
  guint32 packed;
  guint32 size;
  guint32 offset;
} Member;

struct _SmZipWriter
{
  GOutputStream *stream;
  GArray *members;
  GConverter *deflate; /* while a member is open */
  guint64 written;
  guint32 crcs[256];
};

static void
member_clear (gpointer data)
{
  g_free (((Member *) data)->name);
}

static void
fill_crcs (guint32 crcs[256])
{
  for (guint32 i = 0; i < 256; i++)
    {
      guint32 crc = i;

      for (guint k = 0; k < 8; k++)
        crc = (crc & 1) != 0 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
      crcs[i] = crc;
    }
}

/** sm_zip_writer_new: Returns: (transfer full): a writer that leaves closing @stream to the caller */
SmZipWriter *
sm_zip_writer_new (GOutputStream *stream)
{
  SmZipWriter *self = g_new0 (SmZipWriter, 1);

  self->stream = g_object_ref (stream);
  self->members = g_array_new (FALSE, TRUE, sizeof (Member));
  g_array_set_clear_func (self->members, member_clear);
  fill_crcs (self->crcs);
  return self;
}

void
sm_zip_writer_free (SmZipWriter *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->deflate);
  g_object_unref (self->stream);
  g_array_unref (self->members);
  g_free (self);
}

static gboolean
put (SmZipWriter  *self,
     const void   *data,
     gsize         length,
     GError      **error)
{
  self->written += length;
  if (self->written > G_MAXUINT32)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "the archive exceeds 4 GB");
      return FALSE;
    }
  return g_output_stream_write_all (self->stream, data, length, NULL, NULL, error);
}

static void
append_u16 (GByteArray *bytes,
            guint       value)
{
  guint16 little = GUINT16_TO_LE (value);

  g_byte_array_append (bytes, (guint8 *) &little, sizeof little);
}

static void
append_u32 (GByteArray *bytes,
            guint32     value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (bytes, (guint8 *) &little, sizeof little);
}

/* What the local and the central header have in common. */
static void
append_common (GByteArray   *bytes,
               const Member *member)
{
  append_u16 (bytes, VERSION);
  append_u16 (bytes, FLAGS);
  append_u16 (bytes, DEFLATED);
  append_u16 (bytes, 0);
  append_u16 (bytes, DOS_DATE);
  append_u32 (bytes, member->crc);
  append_u32 (bytes, member->packed);
  append_u32 (bytes, member->size);
  append_u16 (bytes, (guint) strlen (member->name));
  append_u16 (bytes, 0);
}

/** sm_zip_writer_begin: Begins the member @name; the one before has ended. */
gboolean
sm_zip_writer_begin (SmZipWriter  *self,
                     const char   *name,
                     GError      **error)
{
  Member member = { g_strdup (name), 0, 0, 0, (guint32) self->written };
  g_autoptr (GByteArray) header = g_byte_array_new ();

  g_return_val_if_fail (self->deflate == NULL, FALSE);

  append_u32 (header, LOCAL_HEADER);
  append_common (header, &member);
  g_byte_array_append (header, (const guint8 *) name, (guint) strlen (name));
  member.crc = G_MAXUINT32;
  g_array_append_val (self->members, member);
  self->deflate = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 6));
  return put (self, header->data, header->len, error);
}

static gboolean
deflate (SmZipWriter      *self,
         Member           *member,
         const char       *data,
         gsize             length,
         GConverterFlags   flags,
         GError          **error)
{
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (length > 0 || (flags & G_CONVERTER_INPUT_AT_END))
    {
      char out[CHUNK];
      gsize read = 0, made = 0;

      result = g_converter_convert (self->deflate, data, length, out, sizeof out, flags, &read,
                                    &made, error);
      if (result == G_CONVERTER_ERROR)
        return FALSE;
      if (!put (self, out, made, error))
        return FALSE;
      member->packed += (guint32) made;
      data += read;
      length -= read;
      if (result == G_CONVERTER_FINISHED)
        return TRUE;
    }
  return TRUE;
}

gboolean
sm_zip_writer_write (SmZipWriter  *self,
                     const char   *data,
                     gsize         length,
                     GError      **error)
{
  Member *member = &g_array_index (self->members, Member, self->members->len - 1);

  g_return_val_if_fail (self->deflate != NULL, FALSE);

  if (length > G_MAXUINT32 - member->size)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "a member exceeds 4 GB");
      return FALSE;
    }
  for (gsize i = 0; i < length; i++)
    member->crc = self->crcs[(member->crc ^ (guint8) data[i]) & 0xff] ^ (member->crc >> 8);
  member->size += (guint32) length;
  return deflate (self, member, data, length, G_CONVERTER_NO_FLAGS, error);
}

/** sm_zip_writer_end: Ends the member that was begun last. */
gboolean
sm_zip_writer_end (SmZipWriter  *self,
                   GError      **error)
{
  Member *member = &g_array_index (self->members, Member, self->members->len - 1);
  g_autoptr (GByteArray) descriptor = g_byte_array_new ();

  g_return_val_if_fail (self->deflate != NULL, FALSE);

  if (!deflate (self, member, "", 0, G_CONVERTER_INPUT_AT_END, error))
    return FALSE;
  g_clear_object (&self->deflate);
  member->crc ^= G_MAXUINT32;
  append_u32 (descriptor, DESCRIPTOR);
  append_u32 (descriptor, member->crc);
  append_u32 (descriptor, member->packed);
  append_u32 (descriptor, member->size);
  return put (self, descriptor->data, descriptor->len, error);
}

/** sm_zip_writer_finish: Writes the list of members; the archive is whole. */
gboolean
sm_zip_writer_finish (SmZipWriter  *self,
                      GError      **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint32 start = (guint32) self->written;
  guint32 length;

  for (guint i = 0; i < self->members->len; i++)
    {
      const Member *member = &g_array_index (self->members, Member, i);

      append_u32 (bytes, CENTRAL_HEADER);
      append_u16 (bytes, VERSION);
      append_common (bytes, member);
      append_u16 (bytes, 0); /* comment */
      append_u16 (bytes, 0); /* disk */
      append_u16 (bytes, 0); /* inner attributes */
      append_u32 (bytes, 0); /* outer attributes */
      append_u32 (bytes, member->offset);
      g_byte_array_append (bytes, (const guint8 *) member->name, (guint) strlen (member->name));
    }
  length = bytes->len;
  append_u32 (bytes, CENTRAL_END);
  append_u32 (bytes, 0);
  append_u16 (bytes, self->members->len);
  append_u16 (bytes, self->members->len);
  append_u32 (bytes, length);
  append_u32 (bytes, start);
  append_u16 (bytes, 0);
  return put (self, bytes->data, bytes->len, error);
}
