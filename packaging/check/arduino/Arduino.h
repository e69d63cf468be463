// SPDX-License-Identifier: BSL-1.0
// What the sketches use of Arduino's core.
#pragma once
#define LED_BUILTIN 13
#define OUTPUT 1
#define HIGH 1
#define LOW 0
#define A0 0
extern "C" {
void pinMode(int pin, int mode);
void digitalWrite(int pin, int value);
int analogRead(int pin);
}
