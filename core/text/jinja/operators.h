#pragma once

#include "core/text/jinja/syntax.h"

namespace assay::jinja {

// Python's arithmetic on values. What would overflow or grow too large ends the run with a Failure.

/// a op b for Add, Subtract, Multiply, Divide, FloorDivide, Remainder and Power.
Value calculated(Op op, const Value& a, const Value& b);
Value negative(const Value& value);
/// Whether `item in container`.
bool contains(const Value& container, const Value& item);

} // namespace assay::jinja
