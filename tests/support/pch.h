#pragma once
#include "core/base/pch.h"

#include <QtTest/QtTest>
