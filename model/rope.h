#pragma once

#include "core/job/model_plan.h"
#include "model/batch.h"
#include "nn/rotary.h"

#include <map>

namespace assay {

/// Rotary position embedding with tables that grow as positions are met: a context of 128k is
/// rarely used whole.
class Rope {
public:
    explicit Rope(RopePlan plan)
        : m_plan(std::move(plan)) { }

    /// Rotates x [pass.tokens, heads * dimension] in place. Where a scaling looks at the length of
    /// the text, each sequence is turned by its own.
    void rotate(const at::Tensor& x, const Pass& pass, std::int64_t heads, std::int64_t dimension,
        nn::RotaryDirection direction);
    std::int64_t lengthClass(std::int64_t length) const {
        return ropeLengthClass(m_plan.spec, length);
    }

private:
    const nn::RotaryTable& table(std::int64_t length);

    RopePlan m_plan;
    std::map<std::int64_t, nn::RotaryTable> m_tables; ///< by length class
};

} // namespace assay
