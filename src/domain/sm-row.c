/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-row.h"

#include "sm-time.h"

#include <math.h>
#include <string.h>

/* No noun has more; sm_row_new() looks. */
#define SM_ROW_MAX_FIELDS 128

/* An enum's text is the noun's own slug, unless it is one that nobody knows. */
typedef union
{
  gint64 i;
  double d;
  char *text;
} Value;

/* There are networks with hundreds of thousands of rows: no byte is spent twice. */
struct _SmRow
{
  gatomicrefcount ref_count;
  const SmNoun *noun;
  guint64 set[1 + (SM_ROW_MAX_FIELDS - 1) / 64]; /* a bit for each field that is known */
  Value values[];
};

static inline gboolean
is_set (const SmRow *self,
        guint        field)
{
  return (self->set[field / 64] >> (field % 64)) & 1;
}

static inline void
set_value (SmRow   *self,
           guint    field,
           gboolean is_known,
           Value    value)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (field % 64);

  if (is_known)
    self->set[field / 64] |= bit;
  else
    self->set[field / 64] &= ~bit;
  self->values[field] = is_known ? value : (Value){ 0 };
}

static guint
index_of_own (const SmField *field,
              const char    *text)
{
  for (guint i = 0; field->kind == SM_KIND_ENUM && field->slugs[i] != NULL; i++)
    if (field->slugs[i] == text)
      return i;
  return SM_ENUM_UNKNOWN;
}

static void
free_text (const SmField *field,
           char          *text)
{
  if (index_of_own (field, text) == SM_ENUM_UNKNOWN)
    g_free (text);
}

/* Returns: the noun's own, or NULL */
static char *
own_slug (const SmField *field,
          const char    *text)
{
  guint index = field->kind == SM_KIND_ENUM ? sm_slug_index (field->slugs, text) : SM_ENUM_UNKNOWN;

  return index != SM_ENUM_UNKNOWN ? (char *) field->slugs[index] : NULL;
}

static char *
keep_text (const SmField *field,
           const char    *text)
{
  char *own = own_slug (field, text);

  return own != NULL ? own : g_strdup (text);
}

/** sm_row_new: Returns: (transfer full): a row whose fields are all unknown */
SmRow *
sm_row_new (const SmNoun *noun)
{
  SmRow *self;

  g_return_val_if_fail (noun != NULL && noun->n_fields <= SM_ROW_MAX_FIELDS, NULL);

  self = g_malloc0 (sizeof *self + noun->n_fields * sizeof (Value));
  g_atomic_ref_count_init (&self->ref_count);
  self->noun = noun;
  return self;
}

/** sm_row_copy: Returns: (transfer full): a copy that may be changed */
SmRow *
sm_row_copy (const SmRow *self)
{
  SmRow *copy = sm_row_new (self->noun);

  for (guint i = 0; i < self->noun->n_fields; i++)
    {
      set_value (copy, i, is_set (self, i), self->values[i]);
      if (is_set (self, i) && sm_kind_is_text (self->noun->fields[i].kind))
        copy->values[i].text = keep_text (&self->noun->fields[i], self->values[i].text);
    }
  return copy;
}

SmRow *
sm_row_ref (SmRow *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sm_row_unref (SmRow *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->noun->n_fields; i++)
    if (is_set (self, i) && sm_kind_is_text (self->noun->fields[i].kind))
      free_text (&self->noun->fields[i], self->values[i].text);
  g_free (self);
}

const SmNoun *
sm_row_get_noun (const SmRow *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->noun;
}

gboolean
sm_row_is_null (const SmRow *self,
                guint        field)
{
  g_return_val_if_fail (self != NULL && field < self->noun->n_fields, TRUE);

  return !is_set (self, field);
}

/** sm_row_get_int: Returns: an int, a bool or a time in µs; %SM_UNKNOWN when null */
gint64
sm_row_get_int (const SmRow *self,
                guint        field)
{
  g_return_val_if_fail (self != NULL && field < self->noun->n_fields, SM_UNKNOWN);

  return is_set (self, field) ? self->values[field].i : SM_UNKNOWN;
}

/** sm_row_get_real: Returns: a real number; NAN when null */
double
sm_row_get_real (const SmRow *self,
                 guint        field)
{
  g_return_val_if_fail (self != NULL && field < self->noun->n_fields, NAN);

  return is_set (self, field) ? self->values[field].d : NAN;
}

/** sm_row_get_text: Returns: (transfer none) (nullable): a text, an enum's slug, names as JSON */
const char *
sm_row_get_text (const SmRow *self,
                 guint        field)
{
  g_return_val_if_fail (self != NULL && field < self->noun->n_fields, NULL);
  g_return_val_if_fail (sm_kind_is_text (self->noun->fields[field].kind), NULL);

  return is_set (self, field) ? self->values[field].text : NULL;
}

/** sm_row_get_enum: Returns: the index of the slug, or %SM_ENUM_UNKNOWN */
guint
sm_row_get_enum (const SmRow *self,
                 guint        field)
{
  g_return_val_if_fail (self != NULL && field < self->noun->n_fields, SM_ENUM_UNKNOWN);
  g_return_val_if_fail (self->noun->fields[field].kind == SM_KIND_ENUM, SM_ENUM_UNKNOWN);

  return index_of_own (&self->noun->fields[field], sm_row_get_text (self, field));
}

/** sm_row_dup_name: Returns: (transfer full): what people call it, see sm_name_pick() */
char *
sm_row_dup_name (const SmRow *self,
                 guint        field,
                 const char  *language)
{
  return sm_name_pick (sm_row_get_text (self, field), language);
}

void
sm_row_set_null (SmRow *self,
                 guint  field)
{
  g_return_if_fail (self != NULL && field < self->noun->n_fields);

  if (is_set (self, field) && sm_kind_is_text (self->noun->fields[field].kind))
    free_text (&self->noun->fields[field], self->values[field].text);
  set_value (self, field, FALSE, (Value){ 0 });
}

/** sm_row_set_int: Sets an int, a bool or a time; %SM_UNKNOWN makes it null. */
void
sm_row_set_int (SmRow  *self,
                guint   field,
                gint64  value)
{
  g_return_if_fail (self != NULL && field < self->noun->n_fields);
  g_return_if_fail (!sm_kind_is_text (self->noun->fields[field].kind)
                    && self->noun->fields[field].kind != SM_KIND_REAL);

  set_value (self, field, value != SM_UNKNOWN, (Value){ .i = value });
}

/** sm_row_set_real: Sets a real number; NAN makes it null. */
void
sm_row_set_real (SmRow  *self,
                 guint   field,
                 double  value)
{
  g_return_if_fail (self != NULL && field < self->noun->n_fields);
  g_return_if_fail (self->noun->fields[field].kind == SM_KIND_REAL);

  set_value (self, field, !isnan (value), (Value){ .d = value });
}

/** sm_row_set_text: Sets a text, a slug or names; NULL makes it null. */
void
sm_row_set_text (SmRow      *self,
                 guint       field,
                 const char *value)
{
  g_return_if_fail (self != NULL && field < self->noun->n_fields);
  g_return_if_fail (sm_kind_is_text (self->noun->fields[field].kind));

  /* The row's own text may be given to it. */
  if (is_set (self, field) && self->values[field].text == value)
    return;
  sm_row_set_null (self, field);
  set_value (self, field, value != NULL,
             (Value){ .text = keep_text (&self->noun->fields[field], value) });
}

/** sm_row_take_text: Like sm_row_set_text(), @value: (transfer full) (nullable). */
void
sm_row_take_text (SmRow *self,
                  guint  field,
                  char  *value)
{
  g_return_if_fail (self != NULL && field < self->noun->n_fields);
  g_return_if_fail (sm_kind_is_text (self->noun->fields[field].kind));

  if (self->noun->fields[field].kind == SM_KIND_ENUM)
    {
      g_autofree char *slug = value;

      sm_row_set_text (self, field, slug);
      return;
    }
  sm_row_set_null (self, field);
  set_value (self, field, value != NULL, (Value){ .text = value });
}

/** sm_row_copy_field: Takes over one field from another row of the same noun. */
void
sm_row_copy_field (SmRow       *self,
                   const SmRow *from,
                   guint        field)
{
  g_return_if_fail (self != NULL && from != NULL && self->noun == from->noun);
  g_return_if_fail (field < self->noun->n_fields);

  if (self == from)
    return;
  sm_row_set_null (self, field);
  set_value (self, field, is_set (from, field), from->values[field]);
  if (is_set (from, field) && sm_kind_is_text (self->noun->fields[field].kind))
    self->values[field].text = keep_text (&self->noun->fields[field], from->values[field].text);
}

/** sm_row_copy_class: Takes over all fields of @klass from another row of the same noun. */
void
sm_row_copy_class (SmRow       *self,
                   const SmRow *from,
                   SmClass      klass)
{
  g_return_if_fail (self != NULL && from != NULL && self->noun == from->noun);

  for (guint i = 0; i < self->noun->n_fields; i++)
    if (self->noun->fields[i].klass == klass)
      sm_row_copy_field (self, from, i);
}

/** sm_row_equal_field: Whether two rows of the same noun have the same value there. */
gboolean
sm_row_equal_field (const SmRow *a,
                    const SmRow *b,
                    guint        field)
{
  const Value *x = &a->values[field], *y = &b->values[field];

  if (!is_set (a, field) || !is_set (b, field))
    return is_set (a, field) == is_set (b, field);
  if (sm_kind_is_text (a->noun->fields[field].kind))
    return strcmp (x->text, y->text) == 0;
  return x->i == y->i;
}

/** sm_row_equal: Whether two rows of the same noun have the same values. */
gboolean
sm_row_equal (const SmRow *a,
              const SmRow *b)
{
  if (a->noun != b->noun)
    return FALSE;
  for (guint i = 0; i < a->noun->n_fields; i++)
    if (!sm_row_equal_field (a, b, i))
      return FALSE;
  return TRUE;
}

/**
 * sm_name_find:
 * @names: (nullable): a flat JSON object of strings.  Names come out of our own
 *   writers or through the guard, so the form is known; anything else just is
 *   not found
 *
 * Returns: (transfer full) (nullable): the name in just that language, unescaped
 */
char *
sm_name_find (const char *names,
              const char *language)
{
  g_autofree char *key = g_strdup_printf ("\"%s\":", language);
  const char *p = names != NULL ? strstr (names, key) : NULL;
  GString *value;

  if (p == NULL)
    return NULL;
  for (p += strlen (key); *p == ' '; p++)
    ;
  if (*p++ != '"')
    return NULL;
  value = g_string_new (NULL);
  for (; *p != '\0' && *p != '"'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (value, *p);
    }
  return g_string_free (value, FALSE);
}

/**
 * sm_name_pick:
 * @names: (nullable): an %SM_KIND_NAME value
 * @language: "en" or "zh-CN"
 *
 * Returns: (transfer full): the name in @language, else in the other one, else
 *   the text as it is; "" for none
 */
char *
sm_name_pick (const char *names,
              const char *language)
{
  char *found;

  if (names == NULL)
    return g_strdup ("");
  found = sm_name_find (names, language);
  if (found == NULL)
    found = sm_name_find (names, "en");
  if (found == NULL)
    found = sm_name_find (names, "zh-CN");
  return found != NULL ? found : g_strdup (names);
}

static void
append_name (GString    *json,
             const char *language,
             const char *name)
{
  if (name == NULL || *name == '\0')
    return;
  g_string_append_printf (json, "%s\"%s\":\"", json->len > 1 ? "," : "", language);
  for (; *name != '\0'; name++)
    {
      if ((guchar) *name < 0x20)
        continue; /* control characters have no place in a name */
      if (*name == '"' || *name == '\\')
        g_string_append_c (json, '\\');
      g_string_append_c (json, *name);
    }
  g_string_append_c (json, '"');
}

/** sm_name_new: Returns: (transfer full): an %SM_KIND_NAME value; each part may be NULL */
char *
sm_name_new (const char *en,
             const char *zh_cn)
{
  GString *json = g_string_new ("{");

  append_name (json, "en", en);
  append_name (json, "zh-CN", zh_cn);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

/* Behind the quoted text that begins at @p, or NULL. */
static const char *
skip_quoted (const char *p)
{
  if (*p++ != '"')
    return NULL;
  for (; *p != '\0' && *p != '"'; p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
  return *p == '"' ? p + 1 : NULL;
}

/* The names of other languages as they are written, each behind a comma. */
static char *
copy_others (const char *names,
             const char *language)
{
  g_autofree char *key = g_strdup_printf ("\"%s\"", language);
  GString *others = g_string_new (NULL);
  const char *p = names != NULL ? strchr (names, '"') : NULL;

  while (p != NULL)
    {
      const char *key_end = skip_quoted (p);
      const char *value = key_end != NULL ? strchr (key_end, '"') : NULL;
      const char *end = value != NULL ? skip_quoted (value) : NULL;

      if (end == NULL)
        break;
      if (strncmp (p, key, strlen (key)) != 0)
        {
          g_string_append_c (others, ',');
          g_string_append_len (others, p, end - p);
        }
      p = strchr (end, '"');
    }
  return g_string_free (others, FALSE);
}

/**
 * sm_name_put:
 * @names: (nullable): an %SM_KIND_NAME value
 * @name: (nullable): in @language; NULL takes it away
 *
 * Returns: (transfer full) (nullable): @names with that one; NULL for none at all
 */
char *
sm_name_put (const char *names,
             const char *language,
             const char *name)
{
  g_autofree char *others = copy_others (names, language);
  GString *json = g_string_new ("{");

  append_name (json, language, name);
  g_string_append (json, json->len > 1 || others[0] == '\0' ? others : others + 1);
  g_string_append_c (json, '}');
  if (json->len > 2)
    return g_string_free (json, FALSE);
  g_string_free (json, TRUE);
  return NULL;
}
