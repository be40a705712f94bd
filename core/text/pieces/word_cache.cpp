#include "core/text/pieces/word_cache.h"

#include <array>
#include <memory>

namespace assay {

WordCache& WordCache::ofThread(std::uint64_t tokenizer) {
    struct Held {
        std::uint64_t tokenizer = 0;
        std::unique_ptr<WordCache> cache;
    };
    static thread_local std::array<Held, 4> held;
    static thread_local std::size_t next = 0;
    for (Held& one : held)
        if (one.cache && one.tokenizer == tokenizer)
            return *one.cache;
    Held& one = held[next++ % held.size()];
    one = {tokenizer, std::make_unique<WordCache>()};
    return *one.cache;
}

} // namespace assay
