#pragma once
#include "tests/support/pch.h"

#include <QtWidgets>
