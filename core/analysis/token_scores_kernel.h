#pragma once

#include <cstdint>
#include <span>

namespace assay::kernel {

/// Largest value of a row. A NaN anywhere is not seen here: the sums of `rowSums` become NaN.
struct RowPeak {
    float value = 0;
    std::int64_t index
        = -1; ///< the first that has it; -1 when every value is NaN or the row is empty
    std::int64_t above = 0; ///< number of values strictly above `reference`
};
RowPeak rowPeak(std::span<const float> row, float reference);
/// Largest value without its index; -infinity for an empty row.
float rowMax(std::span<const float> row);

/// Sums over the row with d = z - peak and e = exp(d): S = sum e, A = sum e d, B = sum e d^2, in
/// fp64.
struct RowSums {
    double s = 0;
    double a = 0;
    double b = 0;
};
RowSums rowSums(std::span<const float> row, float peak);

/// Test access to the approximations: exp of values <= 0 and log of normal positive values.
void expNonPositive(std::span<const float> in, std::span<float> out);
void logPositive(std::span<const float> in, std::span<float> out);

} // namespace assay::kernel
