/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-choices.h"

#include "sm-i18n.h"
#include "sm-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST 500 /* values of the directory; beyond, a link or the table says it */

static const char *const levels[] = { "1,2,3,4", "1", "2", "3", "4", "none", NULL };

const SmMapChoice sm_map_choices[] = {
  { "motion", N_ ("Motion"), sm_motions },
  { "energy", N_ ("Energy"), sm_energies },
  { "connection", N_ ("Connection"), sm_connections },
  { "reach", N_ ("Reach"), sm_reaches },
  { "level", N_ ("Worst fault"), levels },
  { "fleet", N_ ("Fleet"), NULL },
  { "area", N_ ("Area"), NULL },
  { "model", N_ ("Model"), NULL },
};
const guint sm_n_map_choices = G_N_ELEMENTS (sm_map_choices);

static const char *
word_of_level (const char *value)
{
  if (g_str_equal (value, "none"))
    return C_ ("faults of a vehicle", "none");
  if (strchr (value, ',') != NULL)
    return C_ ("faults of a vehicle", "any level");
  return sm_word_of_level (value[0] - '0');
}

static char *
dup_label (SmDirectory *directory,
           SmNounId     noun,
           const char  *value)
{
  char *label = sm_directory_dup_label (directory, noun, g_ascii_strtoll (value, NULL, 10),
                                        sm_i18n_language ());

  return label != NULL ? label : g_strdup (value);
}

static char *
dup_word (const SmMapChoice *choice,
          SmDirectory       *directory,
          const char        *value)
{
  if (choice->slugs == levels)
    return g_strdup (word_of_level (value));
  if (choice->slugs != NULL)
    return g_strdup (sm_word_of_slug (choice->slugs, value));
  if (g_str_equal (choice->key, "fleet"))
    return dup_label (directory, SM_NOUN_FLEET, value);
  if (g_str_equal (choice->key, "area"))
    return dup_label (directory, SM_NOUN_AREA, value);
  return g_strdup (value);
}

static void
add_rows (GPtrArray   *values,
          SmDirectory *directory,
          SmNounId     noun)
{
  GPtrArray *rows = sm_directory_get_rows (directory, noun);

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (values, g_strdup_printf ("%" G_GINT64_FORMAT,
                                              sm_row_get_id (g_ptr_array_index (rows, i))));
}

static void
add_models (GPtrArray   *values,
            SmDirectory *directory)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  guint n;
  const SmVehicleRecord *vehicles = sm_directory_get_vehicles (directory, &n);

  for (guint i = 0; i < n; i++)
    if (vehicles[i].model[0] != '\0' && g_hash_table_add (known, (gpointer) vehicles[i].model))
      g_ptr_array_add (values, g_strdup (vehicles[i].model));
}

typedef struct
{
  char *value;
  char *word;
} Option;

static int
compare_options (gconstpointer a,
                 gconstpointer b)
{
  return g_utf8_collate (((const Option *) a)->word, ((const Option *) b)->word);
}

/* The values that the directory has, by their words. */
static void
add_known (const SmMapChoice *choice,
           SmDirectory       *directory,
           GStrvBuilder      *values,
           GtkStringList     *words)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) options = g_array_new (FALSE, FALSE, sizeof (Option));

  if (g_str_equal (choice->key, "model"))
    add_models (known, directory);
  else
    add_rows (known, directory,
              g_str_equal (choice->key, "fleet") ? SM_NOUN_FLEET : SM_NOUN_AREA);
  for (guint i = 0; i < MIN (known->len, MOST); i++)
    {
      char *value = g_ptr_array_index (known, i);
      Option option = { value, dup_word (choice, directory, value) };

      g_array_append_val (options, option);
    }
  g_array_sort (options, compare_options);
  for (guint i = 0; i < options->len; i++)
    {
      Option *option = &g_array_index (options, Option, i);
      g_autofree char *clean = sm_text_clean (option->word);

      g_strv_builder_add (values, option->value);
      gtk_string_list_append (words, clean);
      g_free (option->word);
    }
}

/** sm_map_options_new: Returns: (transfer full): what @choice offers now */
SmMapOptions *
sm_map_options_new (const SmMapChoice *choice,
                    SmDirectory       *directory)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  SmMapOptions *self = g_new0 (SmMapOptions, 1);

  self->words = gtk_string_list_new (NULL);
  gtk_string_list_append (self->words, C_ ("filter", "any"));
  for (guint i = 0; choice->slugs != NULL && choice->slugs[i] != NULL; i++)
    {
      g_autofree char *word = dup_word (choice, directory, choice->slugs[i]);

      g_strv_builder_add (values, choice->slugs[i]);
      gtk_string_list_append (self->words, word);
    }
  if (choice->slugs == NULL)
    add_known (choice, directory, values, self->words);
  self->values = g_strv_builder_end (values);
  return self;
}

void
sm_map_options_free (SmMapOptions *self)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->values);
  g_object_unref (self->words);
  g_free (self);
}

/** sm_map_options_find: Returns: the position of @value among the words; 0 when it is not there */
guint
sm_map_options_find (const SmMapOptions *self,
                     const char         *value)
{
  for (guint i = 0; value != NULL && self->values[i] != NULL; i++)
    if (g_str_equal (self->values[i], value))
      return i + 1;
  return 0;
}

static char *
list_words (const SmMapChoice *choice,
            SmDirectory       *directory,
            const char        *value)
{
  g_auto (GStrv) slugs = choice->slugs == levels && g_str_equal (value, levels[0])
                             ? g_strsplit (value, "\n", 1)
                             : g_strsplit (value, ",", 32);

  for (guint i = 0; slugs[i] != NULL; i++)
    {
      char *word = dup_word (choice, directory, slugs[i]);

      g_free (slugs[i]);
      slugs[i] = word;
    }
  return g_strjoinv (", ", slugs);
}

/** sm_map_choice_words: Returns: (transfer full): what a pair of a link says, for a person */
char *
sm_map_choice_words (SmDirectory *directory,
                     const char  *key,
                     const char  *value)
{
  g_autofree char *plain = NULL;

  for (guint i = 0; i < sm_n_map_choices && plain == NULL; i++)
    if (g_str_equal (sm_map_choices[i].key, key))
      {
        g_autofree char *words
            = sm_map_choices[i].slugs != NULL
                  ? list_words (&sm_map_choices[i], directory, value)
                  : dup_word (&sm_map_choices[i], directory, value);

        plain = g_strdup_printf ("%s: %s", _(sm_map_choices[i].title), words);
      }
  if (plain == NULL)
    plain = g_strdup_printf ("%s: %s", key, value);
  return sm_text_clean (plain);
}
