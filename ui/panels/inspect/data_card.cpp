#include "ui/panels/inspect/data_card.h"

#include "core/base/utf8.h"
#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/state_page.h"
#include "ui/common/theme.h"

#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QTextDocumentFragment>
#include <QVBoxLayout>

namespace assay {

namespace {

constexpr int mostPlaces = 20;

QString bold(const std::string& text) {
    return QStringLiteral("<b>%1</b>")
        .arg(QString::fromStdString(toValidUtf8(text)).trimmed().toHtmlEscaped());
}

} // namespace

DataCard::DataCard(CorpusAccess* corpus, QWidget* parent)
    : QWidget(parent)
    , m_corpus(corpus) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_card = new Card(tr("In the training text"), this);
    outer->addWidget(m_card);
    m_chip = new Chip;
    m_card->addChip(m_chip);
    m_again = makeButton(tr("Index again"));
    m_again->setToolTip(tr("The project has changed since its text was indexed"));
    connect(m_again, &QPushButton::clicked, m_corpus, &CorpusAccess::build);
    m_card->addControl(m_again);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8));
    column->setSpacing(scaled(6));
    m_text = makeLabel(QString());
    m_text->setTextFormat(Qt::RichText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setAccessibleName(tr("In the training text"));
    column->addWidget(m_text);
    m_places = new QListWidget;
    m_places->setFont(secondaryFont());
    m_places->setFrameShape(QFrame::NoFrame);
    m_places->setUniformItemSizes(true);
    m_places->setTextElideMode(Qt::ElideMiddle);
    m_places->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Three cards share the column's height: the list takes what is left, and scrolls.
    m_places->setMinimumHeight(scaled(36));
    m_places->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_places->setAccessibleName(tr("Places in the training text; Enter opens the row"));
    connect(m_places, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
        Q_EMIT sampleWanted(item->data(Qt::UserRole).toLongLong());
    });
    connect(m_places, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) {
        Q_EMIT sampleWanted(item->data(Qt::UserRole).toLongLong());
    });
    column->addWidget(m_places, 1);
    m_stack = new StateStack(content);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->addWidget(m_stack, 1);
    m_card->setBody(body);
    connect(m_stack->page(), &StatePage::activated, this, [this] {
        if (m_corpus->state() == CorpusAccess::State::Building)
            m_corpus->cancel();
        else
            m_corpus->build();
    });
    connect(m_corpus, &CorpusAccess::stateChanged, this, &DataCard::follow);
    connect(m_corpus, &CorpusAccess::progressed, this, [this](qint64 done, qint64 total) {
        if (total > 0)
            m_chip->set(tr("%1 %").arg(100 * done / total), Tone::Plain);
    });
    follow();
}

void DataCard::follow() {
    using State = CorpusAccess::State;
    StatePage* page = m_stack->page();
    m_chip->set(QString(), Tone::Plain);
    m_again->hide();
    switch (m_corpus->state()) {
    case State::NoProject:
        page->showEmpty(
            tr("No project is open"), tr("How often the training text says the same stands here."));
        break;
    case State::None:
        page->showEmpty(tr("Not indexed yet"),
            tr("How often does the training text go on like this? An index of the project's rows "
               "tells."),
            tr("Index the training text"));
        break;
    case State::Opening:
        page->showLoading(tr("Opening the index"), QString());
        break;
    case State::Building:
        page->showLoading(tr("Indexing the training text"),
            tr("It goes on in the background while you work."), tr("Cancel"));
        break;
    case State::Failed:
        page->showFailed(
            tr("The index cannot be used"), errorParagraph(m_corpus->error()), tr("Index again"));
        break;
    case State::Ready:
        if (m_corpus->isStale()) {
            m_chip->set(tr("out of date"), Tone::Caution);
            m_again->show();
        }
        m_stack->showContent();
        showToken(m_context, m_token);
        return;
    }
    m_stack->showPage();
}

void DataCard::showNothing() {
    ++m_asked;
    m_context.clear();
    m_token.clear();
    m_places->clear();
    m_text->setText(tr("Choose a token: how often the training text goes on with it, and where, "
                       "stands here."));
}

void DataCard::showToken(const std::string& context, const std::string& token) {
    if (corpusPhrase(token).empty())
        return showNothing();
    m_context = context;
    m_token = token;
    if (m_corpus->state() != CorpusAccess::State::Ready)
        return;
    const quint64 asked = ++m_asked;
    m_corpus->ask(context, token, mostPlaces, this, [this, asked](const CorpusAccess::Answer& a) {
        if (asked == m_asked)
            take(a);
    });
}

void DataCard::take(const CorpusAccess::Answer& answer) {
    const QLocale locale;
    const TextContinuation& found = answer.found;
    QString text;
    if (found.known.words == 0)
        text = tr("The words before it do not occur in the project's rows.");
    else
        text = tr("After %1 (%2 ×) %3 follows %4 ×.")
                   .arg(bold("… " + found.known.context),
                       locale.toString(qint64(found.known.contextCount)), bold(m_token),
                       QStringLiteral("<b>%1</b>").arg(locale.toString(qint64(found.known.count))));
    if (found.known.count == 0 && found.followed.count > 0)
        text += QStringLiteral(" ")
            + (found.followed.words > 0
                    ? tr("After the shorter %1 it follows %2 of %3 ×.")
                          .arg(bold("… " + found.followed.context),
                              locale.toString(qint64(found.followed.count)),
                              locale.toString(qint64(found.followed.contextCount)))
                    : tr("By itself it occurs %1 ×.")
                          .arg(locale.toString(qint64(found.followed.count))));
    m_text->setText(text);
    m_places->clear();
    for (const CorpusContext& place : answer.places) {
        const QString where = QFileInfo(QString::fromStdString(place.file)).fileName()
            + QStringLiteral(":") + QString::number(place.line);
        const QString line = QString::fromStdString("…" + place.before + place.match + place.after);
        auto* item = new QListWidgetItem(where + QStringLiteral("  ") + line, m_places);
        item->setData(Qt::UserRole, qint64(place.sample));
        item->setToolTip(line);
    }
    m_places->setVisible(!answer.places.empty());
}

QString DataCard::plainText() const {
    return QTextDocumentFragment::fromHtml(m_text->text()).toPlainText();
}

} // namespace assay
