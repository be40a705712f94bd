#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QThread>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace assay {

class Tokenizer;

/// Counts the tokens of texts under the tokenizer of a model folder on this machine, on a thread of
/// its own, without the engine.
class TokenCounter final : public QObject {
    Q_OBJECT

public:
    explicit TokenCounter(QObject* parent = nullptr);
    ~TokenCounter() override;

    /// One number a text, in order; empty when the folder has no tokenizer that can be read here.
    /// Only the newest question of a guard need matter to it: compare what was asked.
    void count(const QString& folder, std::vector<std::string> texts, QObject* guard,
        std::function<void(std::vector<int>)> done);

private:
    struct Loaded;
    QThread m_thread;
    QObject* m_worker;
    std::shared_ptr<Loaded> m_loaded; ///< used on the thread only
};

} // namespace assay
