#include "ui/service/token_counter.h"

#include "core/models/model_spec_of.h"

#include <QPointer>

#include <map>

namespace assay {

struct TokenCounter::Loaded {
    /// Null for a folder without a tokenizer.
    std::map<QString, std::shared_ptr<const Tokenizer>> tokenizers;
};

TokenCounter::TokenCounter(QObject* parent)
    : QObject(parent)
    , m_worker(new QObject)
    , m_loaded(std::make_shared<Loaded>()) {
    m_thread.setObjectName(QStringLiteral("tokens"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

TokenCounter::~TokenCounter() {
    m_worker->deleteLater();
    m_thread.quit();
    m_thread.wait();
}

void TokenCounter::count(const QString& folder, std::vector<std::string> texts, QObject* guard,
    std::function<void(std::vector<int>)> done) {
    QMetaObject::invokeMethod(m_worker,
        [this, loaded = m_loaded, folder, texts = std::move(texts),
            guard = QPointer<QObject>(guard), done = std::move(done)] {
            auto found = loaded->tokenizers.find(folder);
            if (found == loaded->tokenizers.end()) {
                auto tokenizer = tokenizerAt(folder.toStdString());
                found = loaded->tokenizers.emplace(folder, tokenizer ? *tokenizer : nullptr).first;
            }
            std::vector<int> counts;
            if (found->second)
                for (const std::string& text : texts)
                    counts.push_back(int(found->second->encode(text).ids.size()));
            QMetaObject::invokeMethod(
                this,
                [guard, done, counts = std::move(counts)] {
                    if (guard)
                        done(counts);
                },
                Qt::QueuedConnection);
        });
}

} // namespace assay
