#include "nn/tensors.h"

namespace assay::nn {

void addWeightGradient(const at::Tensor& dy, const at::Tensor& x, at::Tensor dWeight) {
    if (dy.scalar_type() == at::kFloat)
        dWeight.addmm_(dy.t(), x);
    else // the product is rounded to bf16 once, the sum over micro-batches is fp32
        dWeight.add_(at::mm(dy.t(), x));
}

} // namespace assay::nn
