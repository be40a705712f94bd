#include "nn/tensors.h"

#include "nn/matvec.h"

namespace assay::nn {

namespace {

bool isOneBf16Row(const at::Tensor& x) {
    return x.size(0) == 1 && x.scalar_type() == at::kBFloat16;
}

void oneRow(
    const at::Tensor& x, const at::Tensor& weight, const Bf16* residual, const at::Tensor& y) {
    matvec(elements<Bf16>(weight), elements<Bf16>(x), residual, weight.size(0), weight.size(1),
        elements<Bf16>(y));
}

} // namespace

void linear(const at::Tensor& x, const at::Tensor& weight, at::Tensor y) {
    if (isOneBf16Row(x))
        oneRow(x, weight, nullptr, y);
    else
        at::mm_out(y, x, weight.t());
}

void linearAdd(
    const at::Tensor& residual, const at::Tensor& x, const at::Tensor& weight, at::Tensor y) {
    if (isOneBf16Row(x))
        oneRow(x, weight, elements<Bf16>(residual), y);
    else
        at::addmm_out(y, residual, x, weight.t());
}

void addWeightGradient(const at::Tensor& dy, const at::Tensor& x, at::Tensor dWeight) {
    if (dy.scalar_type() == at::kFloat)
        dWeight.addmm_(dy.t(), x);
    else // the product is rounded to bf16 once, the sum over micro-batches is fp32
        dWeight.add_(at::mm(dy.t(), x));
}

void addBiasGradient(const at::Tensor& dy, at::Tensor dBias) {
    dBias.add_(dy.sum(0, false, at::kFloat));
}

} // namespace assay::nn
