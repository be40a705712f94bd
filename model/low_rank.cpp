#include "model/low_rank.h"

#include "nn/noise.h"
#include "nn/tensors.h"

namespace assay {

LowRank::LowRank(Tensors tensors, double scale, double dropout, std::uint64_t module,
    std::shared_ptr<const AdapterNoise> noise)
    : m_tensors(std::move(tensors))
    , m_scale(scale)
    , m_dropout(dropout)
    , m_module(module)
    , m_noise(std::move(noise)) { }

LowRank LowRank::rows(std::int64_t first, std::int64_t count) const {
    LowRank part = *this;
    for (at::Tensor Tensors::*each :
        {&Tensors::up, &Tensors::magnitude, &Tensors::lengths, &Tensors::dUp, &Tensors::dMagnitude})
        if (at::Tensor& tensor = part.m_tensors.*each; tensor.defined())
            tensor = tensor.narrow(0, first, count);
    return part;
}

at::Tensor LowRank::mask(std::int64_t rows, std::int64_t columns) const {
    at::Tensor mask = at::empty({rows, columns}, at::kFloat);
    nn::dropoutMask(m_noise->seed ^ m_module, m_dropout, mask.numel(), nn::elements<float>(mask));
    return mask;
}

at::Tensor LowRank::seen(const at::Tensor& x) const {
    if (!drops())
        return x.to(at::kFloat); // x itself where it is fp32 already
    at::Tensor seen = mask(x.size(0), x.size(1));
    return seen.mul_(x);
}

void LowRank::add(const at::Tensor& x, const at::Tensor& y) const {
    const at::Tensor inner = at::mm(seen(x), m_tensors.down.t()); // h [rows, rank]
    at::Tensor target = y;
    if (y.scalar_type() == at::kFloat)
        target.addmm_(inner, m_tensors.up.t(), 1, m_scale);
    else
        target.add_(at::mm(inner, m_tensors.up.t()), m_scale);
}

void LowRank::addInputGradient(const at::Tensor& dy, const at::Tensor& dx) const {
    const at::Tensor dInner = at::mm(dy.to(at::kFloat), m_tensors.up); // [rows, rank], without s
    at::Tensor target = dx;
    if (!drops() && dx.scalar_type() == at::kFloat) {
        target.addmm_(dInner, m_tensors.down, 1, m_scale);
        return;
    }
    at::Tensor slope = at::mm(dInner, m_tensors.down);
    if (drops())
        slope.mul_(mask(slope.size(0), slope.size(1)));
    target.add_(slope, m_scale);
}

void LowRank::addGradients(const at::Tensor& dy, const at::Tensor& x) const {
    if (!m_tensors.dDown.defined())
        return;
    const at::Tensor input = seen(x);
    const at::Tensor slope = dy.to(at::kFloat);
    const at::Tensor inner = at::mm(input, m_tensors.down.t());
    const at::Tensor dInner = at::mm(slope, m_tensors.up);
    at::Tensor dUp = m_tensors.dUp;
    at::Tensor dDown = m_tensors.dDown;
    dUp.addmm_(slope.t(), inner, 1, m_scale);
    dDown.addmm_(dInner.t(), input, 1, m_scale);
}

void LowRank::addMagnitudeGradient(const at::Tensor& dy, const at::Tensor& product) const {
    if (!m_tensors.dMagnitude.defined())
        return;
    at::Tensor dMagnitude = m_tensors.dMagnitude;
    dMagnitude.add_(dy.to(at::kFloat).mul(product.to(at::kFloat)).sum(0).div_(m_tensors.lengths));
}

} // namespace assay
