#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace assay {

/// xoshiro256** (Blackman and Vigna, 2018), seeded through splitmix64. The same on every machine
/// and compiler, and its state can be stored, which the standard library's distributions do not
/// promise.
class Rng {
public:
    explicit Rng(std::uint64_t seed = 0) {
        for (std::uint64_t& word : m_state) {
            seed += 0x9e3779b97f4a7c15ULL;
            std::uint64_t z = seed;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
            z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
            word = z ^ (z >> 31);
        }
    }

    std::uint64_t next() {
        const std::uint64_t result = rotate(m_state[1] * 5, 7) * 9;
        const std::uint64_t t = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= t;
        m_state[3] = rotate(m_state[3], 45);
        return result;
    }
    /// Uniform in [0, 1) with 53 bits.
    double uniform() { return double(next() >> 11) * 0x1.0p-53; }
    /// Uniform in [0, bound); bound > 0. Multiply-shift; its bias is below 2^-32 for bounds below
    /// 2^32.
    std::uint64_t below(std::uint64_t bound) {
        __extension__ typedef unsigned __int128 Wide;
        return std::uint64_t((Wide(next()) * bound) >> 64);
    }
    /// Standard normal (Box-Muller, one of the pair).
    double normal();

    template <class T> void shuffle(std::span<T> items) {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[below(i)]);
    }

    const std::array<std::uint64_t, 4>& state() const { return m_state; }
    void setState(const std::array<std::uint64_t, 4>& state) { m_state = state; }

private:
    static std::uint64_t rotate(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
    std::array<std::uint64_t, 4> m_state;
};

} // namespace assay
