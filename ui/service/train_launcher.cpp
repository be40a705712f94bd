#include "ui/service/train_launcher.h"

#include "core/base/file.h"
#include "core/base/temporary_folder.h"
#include "core/job/corpus_text.h"
#include "core/job/launch.h"
#include "core/job/prepare_job.h"
#include "ui/service/command_words.h"
#include "ui/service/engine_program.h"
#include "ui/service/engine_session.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr int lookEveryMs = 1000;

/// A folder name from a run's name: words joined by hyphens, and a number where it is taken.
fs::path freeFolder(const fs::path& jobs, const TrainSpec& spec) {
    std::string name;
    for (const char c : spec.name.empty() ? spec.kind : spec.name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = std::isalnum(byte) || byte >= 0x80 || c == '_' || c == '.';
        if (plain && (c != '.' || !name.empty()))
            name += char(byte < 0x80 ? std::tolower(byte) : c);
        else if (!name.empty() && name.back() != '-')
            name += '-';
    }
    while (!name.empty() && (name.back() == '-' || name.back() == '.'))
        name.pop_back();
    if (name.empty())
        name = "run";
    std::error_code ignored;
    fs::path folder = jobs / name;
    for (int number = 2; fs::exists(folder, ignored); ++number)
        folder = jobs / (name + "-" + std::to_string(number));
    return folder;
}

QueueView lookAtQueue(const fs::path& jobs) {
    QueueView view;
    const auto queue = readQueue(jobs);
    const auto owner = queueOwner(jobs);
    view.running = owner && owner->has_value();
    if (!queue)
        return view;
    view.paused = queue->paused;
    view.problems = queue->problems;
    for (const std::string& name : queue->jobs) {
        QueuedJob& job = view.jobs.emplace_back();
        job.folder = job.name = QString::fromStdString(name);
        const auto folder = JobFolder::open(jobs / name);
        if (!folder)
            continue;
        job.name = QString::fromStdString(folder->spec().name);
        const auto holder = folder->owner();
        job.running = holder && holder->has_value();
        if (const auto state = folder->state())
            job.progress = state->progress;
    }
    return view;
}

} // namespace

bool QueueView::operator==(const QueueView& other) const {
    const auto sameJob = [](const QueuedJob& a, const QueuedJob& b) {
        return a.folder == b.folder && a.name == b.name && a.running == b.running
            && a.progress == b.progress;
    };
    return paused == other.paused && running == other.running
        && problems.size() == other.problems.size()
        && std::ranges::equal(jobs, other.jobs, sameJob);
}

TrainLauncher::TrainLauncher(EngineSession* engine, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_worker(new QObject) {
    m_thread.setObjectName(QStringLiteral("launch"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    m_timer.setInterval(lookEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &TrainLauncher::look);
}

TrainLauncher::~TrainLauncher() {
    m_stop.request_stop();
    cancelTokenizer();
    if (m_tokenizer)
        m_tokenizer->waitForFinished(); // killed; what it left is removed by the slot
    m_worker->deleteLater();
    m_thread.quit();
    m_thread.wait();
}

QString TrainLauncher::program() const {
    const QStringList words = commandWords(m_engine->command());
    const QString name = QStringLiteral("assay-cli");
    if (!words.isEmpty() && QFileInfo(words.first()).fileName() == name) {
        const QFileInfo here(words.first());
        if (here.isAbsolute() && here.isExecutable())
            return here.absoluteFilePath();
    }
    const QFileInfo usual(engineProgram());
    return usual.isExecutable() ? usual.absoluteFilePath() : QString();
}

void TrainLauncher::setJobsFolder(const QString& folder) {
    m_jobsFolder = folder;
    m_queue = {};
    Q_EMIT queueChanged();
    if (folder.isEmpty())
        return m_timer.stop();
    m_timer.start();
    look();
}

void TrainLauncher::post(std::function<void()> work) {
    QMetaObject::invokeMethod(m_worker, std::move(work), Qt::QueuedConnection);
}

void TrainLauncher::setBusy(bool busy) {
    m_busy = busy;
    Q_EMIT busyChanged();
}

void TrainLauncher::launch(const TrainSpec& spec, Start start, QObject* guard, Done<QString> done) {
    m_stop = std::stop_source();
    setBusy(true);
    const ProgressFunction progress = [this](const Progress& now) {
        QMetaObject::invokeMethod(
            this, [this, now] { Q_EMIT progressed(now.done, now.total); }, Qt::QueuedConnection);
    };
    post([this, spec, start, progress, jobs = fs::path(m_jobsFolder.toStdString()),
             program = fs::path(program().toStdString()), stop = m_stop.get_token(),
             guard = QPointer<QObject>(guard), done = std::move(done)] {
        const auto work = [&]() -> Result<QString> {
            auto job = prepareJob(freeFolder(jobs, spec), spec, jobs, progress, stop);
            if (!job)
                return forward(job);
            if (start == Start::Now) {
                if (auto pid = launchJob(program, *job); !pid)
                    return forward(pid);
            } else {
                if (auto added = addToQueue(jobs, job->path().filename().string()); !added)
                    return forward(added);
                const auto queue = readQueue(jobs);
                if (queue && !queue->paused)
                    if (auto pid = launchQueue(program, jobs); !pid)
                        return forward(pid);
            }
            return QString::fromStdString(job->path().string());
        };
        auto result = std::make_shared<Result<QString>>(work());
        QMetaObject::invokeMethod(
            this,
            [this, guard, done, result] {
                setBusy(false);
                look();
                if (guard)
                    done(std::move(*result));
            },
            Qt::QueuedConnection);
    });
}

void TrainLauncher::look() {
    if (m_looking || m_jobsFolder.isEmpty())
        return;
    m_looking = true;
    post([this, folder = m_jobsFolder] {
        auto view = std::make_shared<QueueView>(lookAtQueue(folder.toStdString()));
        QMetaObject::invokeMethod(
            this,
            [this, folder, view] {
                m_looking = false;
                if (folder != m_jobsFolder || *view == m_queue)
                    return;
                m_queue = std::move(*view);
                Q_EMIT queueChanged();
            },
            Qt::QueuedConnection);
    });
}

void TrainLauncher::order(std::function<Result<void>(const fs::path&)> work) {
    post([this, work = std::move(work), jobs = fs::path(m_jobsFolder.toStdString())] {
        auto result = std::make_shared<Result<void>>(work(jobs));
        QMetaObject::invokeMethod(
            this,
            [this, result] {
                if (!*result)
                    Q_EMIT queueFailed(result->error());
                look();
            },
            Qt::QueuedConnection);
    });
}

void TrainLauncher::remove(const QString& job) {
    order([name = job.toStdString()](const fs::path& jobs) { return removeFromQueue(jobs, name); });
}

void TrainLauncher::move(const QString& job, int position) {
    order([name = job.toStdString(), position](
              const fs::path& jobs) { return moveInQueue(jobs, name, position); });
}

void TrainLauncher::setPaused(bool paused) {
    order([paused, program = fs::path(program().toStdString())](
              const fs::path& jobs) -> Result<void> {
        if (auto done = setQueuePaused(jobs, paused); !done || paused)
            return done;
        if (auto pid = launchQueue(program, jobs); !pid)
            return forward(pid);
        return {};
    });
}

void TrainLauncher::startQueue() {
    order([program = fs::path(program().toStdString())](const fs::path& jobs) -> Result<void> {
        if (auto pid = launchQueue(program, jobs); !pid)
            return forward(pid);
        return {};
    });
}

void TrainLauncher::clearProblems() {
    order([](const fs::path& jobs) { return clearQueueProblems(jobs); });
}

void TrainLauncher::trainTokenizer(const TrainSpec& source, const TokenizerTraining& training,
    const QString& folder, QObject* guard, Done<QString> done) {
    m_tokenizerStop = std::stop_source();
    const ProgressFunction progress = [this](const Progress& now) {
        QMetaObject::invokeMethod(
            this,
            [this, now] {
                Q_EMIT tokenizerProgressed(int(TokenizerStage::Reading), now.done, now.total);
            },
            Qt::QueuedConnection);
    };
    post([this, source, training, folder, progress, stop = m_tokenizerStop.get_token(),
             guard = QPointer<QObject>(guard), done = std::move(done)] {
        auto corpus = std::make_shared<Result<QString>>(QString());
        auto temporary = makeTemporaryFolder("assay-corpus");
        if (!temporary) {
            *corpus = forward(temporary);
        } else {
            auto written = writeCorpusText(source, *temporary / "corpus.txt", progress, stop);
            *corpus = written ? Result<QString>(QString::fromStdString(temporary->string()))
                              : Result<QString>(forward(written));
            if (!written)
                QDir(QString::fromStdString(temporary->string())).removeRecursively();
        }
        QMetaObject::invokeMethod(
            this,
            [this, corpus, training, folder, guard, stop, done] {
                if (*corpus && !stop.stop_requested())
                    return runTokenizer(**corpus, training, folder, guard, done);
                if (*corpus)
                    QDir(**corpus).removeRecursively();
                if (guard)
                    done(fail(*corpus ? Error("cancelled") : corpus->error()));
            },
            Qt::QueuedConnection);
    });
}

void TrainLauncher::runTokenizer(const QString& corpus, const TokenizerTraining& training,
    const QString& folder, QPointer<QObject> guard, Done<QString> done) {
    auto* process = new QProcess(this);
    m_tokenizer = process;
    QStringList arguments{QStringLiteral("train-tokenizer"), QStringLiteral("--input"),
        QDir(corpus).filePath(QStringLiteral("corpus.txt")), QStringLiteral("--vocab"),
        QString::number(training.vocabularySize), QStringLiteral("--kind"),
        QString::fromStdString(training.model), QStringLiteral("--out"), folder,
        QStringLiteral("--progress")};
    for (const std::string& symbol : training.controlSymbols)
        arguments << QStringLiteral("--control") << QString::fromStdString(symbol);
    auto words = std::make_shared<QString>(); // that are no trace of the trainer
    auto pieces = std::make_shared<qint64>(0);
    const qint64 learnt = training.vocabularySize - 260 - qint64(training.controlSymbols.size());
    const auto read = [this, process, words, pieces, learnt] {
        static const QRegularExpression alphabet(QStringLiteral("Alphabet size=(\\d+)"));
        static const QRegularExpression added(QStringLiteral("Added: .*\\bsize=(\\d+)"));
        static const QRegularExpression trace(
            QStringLiteral("LOG\\(|^[a-z_]+: |^\\s|^[}\\s]*$|_spec \\{"));
        while (process->canReadLine()) {
            const QString line = QString::fromUtf8(process->readLine()).trimmed();
            if (const auto match = alphabet.match(line); match.hasMatch())
                *pieces = learnt - match.captured(1).toLongLong();
            else if (const auto step = added.match(line); step.hasMatch())
                Q_EMIT tokenizerProgressed(
                    int(TokenizerStage::Learning), step.captured(1).toLongLong(), *pieces);
            else if (!trace.match(line).hasMatch())
                *words += line + QLatin1Char('\n');
        }
    };
    process->setReadChannel(QProcess::StandardError);
    connect(process, &QProcess::readyReadStandardError, this, read);
    const bool isNew = !QFileInfo::exists(folder);
    const auto finish = [=, stop = m_tokenizerStop.get_token()](bool worked) {
        QDir(corpus).removeRecursively();
        process->deleteLater();
        read();
        if (!worked && isNew)
            QDir(folder).removeRecursively();
        if (!guard)
            return;
        if (worked)
            return done(folder);
        if (stop.stop_requested())
            return done(fail("cancelled"));
        const QString reason = words->trimmed().remove(QStringLiteral("assay-cli: "));
        done(fail("window.tokenizer",
            {{"reason", (reason.isEmpty() ? process->errorString() : reason).toStdString()}}));
    };
    connect(process, &QProcess::finished, this, [finish](int code, QProcess::ExitStatus status) {
        finish(status == QProcess::NormalExit && code == 0);
    });
    connect(process, &QProcess::errorOccurred, this, [finish](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(false);
    });
    process->start(program(), arguments);
}

void TrainLauncher::cancelTokenizer() {
    m_tokenizerStop.request_stop();
    if (m_tokenizer)
        m_tokenizer->kill();
}

} // namespace assay
