/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inventory of phonemes of one alignment. */
#include <stdlib.h>
#include <string.h>

#include "align/synthesiser.h"

uint8_t phone_number(struct phones *phones, const char *name)
{
    for (uint32_t i = 0; i < phones->count; i++)
        if (strcmp(phones->names[i], name) == 0)
            return (uint8_t)i;
    if (phones->count == PHONES_MOST)
        return 0;
    strncpy(phones->names[phones->count], name, sizeof phones->names[0] - 1);
    return (uint8_t)phones->count++;
}

void speech_free(struct speech *speech)
{
    free(speech->samples.items);
    free(speech->phones.items);
    *speech = (struct speech){0};
}
