/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-vin.h"

#include <string.h>

/* GB 16735-2019 (ISO 3779): what each character counts, and its place's weight. */
static const char values[] = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
static const guint8 weights[SM_VIN_LENGTH] = { 8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2 };

#define CHECK_PLACE 8

/* The table is laid out in tens: a character's place modulo 10 is its value. */
static int
value_of (char c)
{
  const char *place = c == '.' || c == '\0' ? NULL : strchr (values, c);

  return place != NULL ? (int) ((place - values) % 10) : -1;
}

/**
 * sm_vin_check_digit:
 * @vin: 17 characters; the ninth does not matter
 *
 * Returns: what the ninth character must be, or NUL when @vin cannot be one
 */
char
sm_vin_check_digit (const char *vin)
{
  guint sum = 0;

  if (strlen (vin) != SM_VIN_LENGTH)
    return '\0';
  for (guint i = 0; i < SM_VIN_LENGTH; i++)
    {
      int value = value_of (vin[i]);

      if (i != CHECK_PLACE && value < 0)
        return '\0';
      if (i != CHECK_PLACE)
        sum += (guint) value * weights[i];
    }
  return sum % 11 == 10 ? 'X' : (char) ('0' + sum % 11);
}

/** sm_vin_is_valid: Returns: whether @vin has 17 allowed characters and the right check digit */
gboolean
sm_vin_is_valid (const char *vin)
{
  char check = sm_vin_check_digit (vin);

  return check != '\0' && vin[CHECK_PLACE] == check;
}
