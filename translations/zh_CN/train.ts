<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>assay::BatchBars</name>
    <message>
        <source>Micro-batches of the first epoch</source>
        <translation>第一轮的微批次</translation>
    </message>
    <message>
        <source>Row %1: %2 tokens, %3 trained. Press to see them.</source>
        <translation>第 %1 行：%2 个词元，训练 %3 个。点按查看。</translation>
    </message>
</context>
<context>
    <name>assay::BatchView</name>
    <message>
        <source>One bar a micro-batch of the first epoch, in the order in which it is trained; the number at its left is the step. Each segment is a row, filled as far as its tokens are trained; hatched room stays empty and costs no time. Press a segment to see its tokens.</source>
        <translation>每个条形是第一轮的一个微批次，按训练顺序排列；左侧数字为步数。每一段是一行，填充部分表示参与训练的词元比例；斜线区域为空，不耗时间。点按某段可查看其词元。</translation>
    </message>
    <message>
        <source>%1 steps in an epoch, %2 in all. A step has %3 tokens, %4 of them trained, from %5 rows.</source>
        <translation>每轮 %1 步，共 %2 步。每步 %3 个词元，其中训练 %4 个，来自 %5 行。</translation>
    </message>
    <message>
        <source> Packing leaves %1 % of the room empty; padding every row to the longest of its batch would have wasted %2 %.</source>
        <translation> 打包后有 %1 % 的空间为空；若把每行填充到批次内最长行，会浪费 %2 %。</translation>
    </message>
    <message>
        <source> Rows of a batch stand end to end, so nothing is padded; padding to the longest would have wasted %1 %.</source>
        <translation> 批次内各行首尾相接，无需填充；若填充到最长行，会浪费 %1 %。</translation>
    </message>
</context>
<context>
    <name>assay::ChangesView</name>
    <message>
        <source>parameter</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>last run</source>
        <translation>上次运行</translation>
    </message>
    <message>
        <source>now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>What changed since the last run</source>
        <translation>与上次运行相比的变化</translation>
    </message>
    <message>
        <source>No run to compare with</source>
        <translation>没有可比较的运行</translation>
    </message>
    <message>
        <source>The differences to the newest run stand here.</source>
        <translation>与最新运行的差异显示在此处。</translation>
    </message>
    <message>
        <source>Nothing changed</source>
        <translation>没有变化</translation>
    </message>
    <message>
        <source>This run would repeat %1 value for value.</source>
        <translation>本次运行的所有值都与 %1 相同。</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) differ from %1</source>
        <translation>
            <numerusform>%n 个值与 %1 不同</numerusform>
        </translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
</context>
<context>
    <name>assay::EstimateView</name>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>激活值</translation>
    </message>
    <message>
        <source>logits</source>
        <translation>logits</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>%1 MiB</source>
        <translation>%1 MiB</translation>
    </message>
    <message>
        <source>%1 GiB</source>
        <translation>%1 GiB</translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n 秒</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 hours</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>Perhaps %1, at an assumed %2 tokens a second (8 GFLOP/s a thread: heuristic). Measure a few steps to know.</source>
        <translation>大概 %1，假定每秒 %2 个词元（每线程 8 GFLOP/s，经验值）。实测几步即可确知。</translation>
    </message>
    <message>
        <source>Training %1, evaluation %2, written answers %3.
A token takes %4 MFLOP: 6 for each parameter that it passes, plus attention (arXiv 2001.08361).</source>
        <translation>训练 %1，评估 %2，生成答案 %3。
每个词元需 %4 MFLOP：所经过的每个参数 6 FLOP，另加注意力（arXiv 2001.08361）。</translation>
    </message>
    <message>
        <source>%1 of memory estimated, %2 measured at the peak. %3; a checkpoint takes %4 on the disk.</source>
        <translation>估计内存 %1，实测峰值 %2。%3；一个检查点占用磁盘 %4。</translation>
    </message>
    <message>
        <source>%1 of memory. %2; a checkpoint takes %3 on the disk.</source>
        <translation>内存 %1。%2；一个检查点占用磁盘 %3。</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 个参数</translation>
    </message>
    <message>
        <source>%1 of %2 parameters are trained (%3 %)</source>
        <translation>%2 个参数中训练 %1 个（%3 %）</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>估计</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>ratio</source>
        <translation>比值</translation>
    </message>
    <message>
        <source>tokens a second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>time of the run</source>
        <translation>运行时间</translation>
    </message>
    <message>
        <source>memory at the peak</source>
        <translation>峰值内存</translation>
    </message>
    <message numerus="yes">
        <source>About %1: %2 tokens a second, measured over %n step(s).</source>
        <translation>
            <numerusform>约 %1：每秒 %2 个词元，由 %n 步实测。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>assay::LabelView</name>
    <message>
        <source>id %1</source>
        <translation>id %1</translation>
    </message>
    <message>
        <source> · control token</source>
        <translation> · 控制词元</translation>
    </message>
    <message>
        <source> · cut off, never seen</source>
        <translation> · 被截断，不会读到</translation>
    </message>
    <message>
        <source> · trained</source>
        <translation> · 训练</translation>
    </message>
    <message>
        <source> · read, not trained</source>
        <translation> · 只读取，不训练</translation>
    </message>
    <message>
        <source> with weight %1</source>
        <translation> （权重 %1）</translation>
    </message>
    <message numerus="yes">
        <source>%n without a trained token</source>
        <translation>
            <numerusform>%n 行没有训练词元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a doubled BOS</source>
        <translation>
            <numerusform>%n 行 BOS 重复</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without an end token</source>
        <translation>
            <numerusform>%n 行没有结束词元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a cut answer</source>
        <translation>
            <numerusform>%n 行答案被截断</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n too long</source>
        <translation>
            <numerusform>%n 行过长</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cannot be rendered</source>
        <translation>
            <numerusform>%n 行无法渲染</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing of these rows is learnt, after template and length limit. &quot;Rows without answer tokens&quot; says whether the run ends for them.</source>
        <translation>经模板和长度限制处理后，这些行没有任何内容可学。“无答案词元的行”决定运行是否因此终止。</translation>
    </message>
    <message>
        <source>Two begin tokens in a row: the model never saw that before. Usually the text itself begins with the token&apos;s spelling, or the template adds a second one.</source>
        <translation>连续两个起始词元：模型从未见过这种情况。通常是文本本身以该词元的写法开头，或模板又加了一个。</translation>
    </message>
    <message>
        <source>The last trained token does not end an answer, so the model does not learn to stop. Usually the tokenizer lacks the template&apos;s end mark as a token of its own.</source>
        <translation>最后一个训练词元不是答案的结束，模型学不会停止。通常是分词器没有把模板的结束标记作为单独的词元。</translation>
    </message>
    <message>
        <source>Trained tokens lie beyond the longest sequence and are never learnt.</source>
        <translation>有训练词元超出最大序列长度，永远学不到。</translation>
    </message>
    <message>
        <source>Longer than the longest sequence; &quot;Overlong rows&quot; says whether they are dropped or end the run.</source>
        <translation>超过最大序列长度；“超长行”决定丢弃它们还是终止运行。</translation>
    </message>
    <message>
        <source>The template or the tokenizer refuses these rows; the run would end.</source>
        <translation>模板或分词器不接受这些行；运行会终止。</translation>
    </message>
    <message>
        <source>Tokens of the row</source>
        <translation>该行的词元</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>%1 of %2 tokens are trained (%3 %). Lengths in tokens: half have %4 or fewer, 95 % %5, 99 % %6, the longest %7.%8%9</source>
        <translation>共 %2 个词元，训练 %1 个（%3 %）。行长（词元）：半数不超过 %4，95 % 不超过 %5，99 % 不超过 %6，最长 %7。%8%9</translation>
    </message>
    <message>
        <source> %1 answer tokens are cut off.</source>
        <translation> %1 个答案词元被截断。</translation>
    </message>
    <message>
        <source> %1 rows could not be used at all.</source>
        <translation> %1 行完全无法使用。</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>/ %1</translation>
    </message>
    <message>
        <source>%1 of %2 tokens trained</source>
        <translation>%2 个词元中训练 %1 个</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>已丢弃</translation>
    </message>
    <message numerus="yes">
        <source>trained · %n token(s)</source>
        <translation>
            <numerusform>训练 · %n 个词元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>read, not trained · %n token(s)</source>
        <translation>
            <numerusform>只读取，不训练 · %n 个词元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>cut off, never seen · %n token(s)</source>
        <translation>
            <numerusform>被截断，不会读到 · %n 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>no trained token</source>
        <translation>无训练词元</translation>
    </message>
    <message>
        <source>doubled BOS</source>
        <translation>BOS 重复</translation>
    </message>
    <message>
        <source>no end token</source>
        <translation>缺少结束词元</translation>
    </message>
    <message>
        <source>cut answer</source>
        <translation>答案被截断</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>过长</translation>
    </message>
    <message>
        <source>cannot be rendered</source>
        <translation>无法渲染</translation>
    </message>
</context>
<context>
    <name>assay::NewModelDialog</name>
    <message>
        <source>New tiny model</source>
        <translation>新建微型模型</translation>
    </message>
    <message>
        <source>A model that starts from random weights and learns plain text. A few million parameters learn a small world in minutes on this machine.</source>
        <translation>从随机权重开始学习纯文本的模型。在本机上，几百万参数几分钟就能学会一个小世界。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Prepare the run</source>
        <translation>准备运行</translation>
    </message>
    <message>
        <source>tiny model</source>
        <translation>微型模型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Choose a text file…</source>
        <translation>选择文本文件…</translation>
    </message>
    <message>
        <source>Channel %1 (%2 samples)</source>
        <translation>通道 %1（%2 个样本）</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Train a new one on this text</source>
        <translation>用此文本训练新的分词器</translation>
    </message>
    <message>
        <source>That of %1</source>
        <translation>%1 的分词器</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Pieces in all, special ones and 256 single bytes included</source>
        <translation>词元总数，含特殊词元和 256 个单字节</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Text to learn</source>
        <translation>要学习的文本</translation>
    </message>
    <message>
        <source>The hidden size (%1) must be a multiple of the attention heads (%2).</source>
        <translation>隐藏层大小（%1）必须是注意力头数（%2）的倍数。</translation>
    </message>
    <message>
        <source>Each head would be %1 wide; it must be an even number.</source>
        <translation>每个头的宽度为 %1；必须是偶数。</translation>
    </message>
    <message>
        <source>The attention heads (%1) must be a multiple of the key/value heads (%2).</source>
        <translation>注意力头数（%1）必须是键/值头数（%2）的倍数。</translation>
    </message>
    <message>
        <source>✕ %1</source>
        <translation>✕ %1</translation>
    </message>
    <message>
        <source>%1 parameters, %2 % of them the table of token vectors</source>
        <translation>%1 个参数，其中 %2 % 为词元向量表</translation>
    </message>
    <message>
        <source>%1 parameters without the table of token vectors</source>
        <translation>%1 个参数，不含词元向量表</translation>
    </message>
    <message>
        <source>Choose the text that the model is to learn.</source>
        <translation>选择模型要学习的文本。</translation>
    </message>
    <message>
        <source>Training of the tokenizer</source>
        <translation>分词器的训练</translation>
    </message>
    <message>
        <source>Reading the text…</source>
        <translation>正在读取文本…</translation>
    </message>
    <message>
        <source>Stopped; nothing of the tokenizer was kept.</source>
        <translation>已停止；分词器的内容均未保留。</translation>
    </message>
    <message>
        <source>Stop training</source>
        <translation>停止训练</translation>
    </message>
    <message>
        <source>Reading the text: %1 rows</source>
        <translation>正在读取文本：%1 行</translation>
    </message>
    <message>
        <source>Training the tokenizer: %1 of %2 pieces</source>
        <translation>正在训练分词器：%1 / %2 个片段</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
</context>
<context>
    <name>assay::ParameterForm</name>
    <message>
        <source>What most runs change</source>
        <translation>常用参数</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Amount of training</source>
        <translation>训练量</translation>
    </message>
    <message>
        <source>Rows, order and packing</source>
        <translation>行、顺序与打包</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>Machine, seed and name</source>
        <translation>机器、种子与名称</translation>
    </message>
    <message>
        <source>Shape of a new model</source>
        <translation>新模型的结构</translation>
    </message>
    <message>
        <source>Sources, as written in the spec</source>
        <translation>来源（按 spec 中的写法）</translation>
    </message>
    <message numerus="yes">
        <source>  ·  %n wrong</source>
        <translation>
            <numerusform>  ·  %n 项错误</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>  ·  %n unusual</source>
        <translation>
            <numerusform>  ·  %n 项异常</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>  ·  %n changed</source>
        <translation>
            <numerusform>  ·  %n 项已更改</numerusform>
        </translation>
    </message>
    <message>
        <source>Open; press to fold</source>
        <translation>已展开；点按折叠</translation>
    </message>
    <message>
        <source>Folded; press to open</source>
        <translation>已折叠；点按展开</translation>
    </message>
    <message>
        <source>Adapter (LoRA)</source>
        <translation>适配器（LoRA）</translation>
    </message>
    <message>
        <source>Kept as it is</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Preferences (DPO)</source>
        <translation>偏好（DPO）</translation>
    </message>
</context>
<context>
    <name>assay::ParameterRow</name>
    <message>
        <source>the model&apos;s own</source>
        <translation>沿用模型</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>✕ %1</source>
        <translation>✕ %1</translation>
    </message>
    <message>
        <source>⚠ %1</source>
        <translation>⚠ %1</translation>
    </message>
</context>
<context>
    <name>assay::QueueCard</name>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Takes the run out of the queue. Its folder stays; it can be started from the Runs panel.</source>
        <translation>将运行移出队列。其文件夹保留；可在“运行”面板中启动。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Runs of the queue, the next one first</source>
        <translation>队列中的运行，下一个排在最前</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>没有等待的运行</translation>
    </message>
    <message>
        <source>Runs added to the queue are trained one after another, also while this window is closed.</source>
        <translation>加入队列的运行会依次训练，关闭此窗口后也会继续。</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>  ·  running, %1 %</source>
        <translation>  ·  运行中，%1 %</translation>
    </message>
    <message>
        <source>Paused: no further run is begun; the one that runs goes on.</source>
        <translation>已暂停：不再开始新的运行；正在进行的会继续。</translation>
    </message>
    <message>
        <source>The queue&apos;s process is not running. Start it to go on.</source>
        <translation>队列进程未运行。启动它以继续。</translation>
    </message>
    <message>
        <source>✕ %1: %2</source>
        <translation>✕ %1：%2</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
</context>
<context>
    <name>assay::SourcePickers</name>
    <message>
        <source>%1 · step %2</source>
        <translation>%1 · 第 %2 步</translation>
    </message>
    <message>
        <source>%1 · %2 samples</source>
        <translation>%1 · %2 个样本</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The weights that the run starts from</source>
        <translation>运行的起始权重</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>The rows that are learnt</source>
        <translation>要学习的行</translation>
    </message>
    <message>
        <source>fine-tune answers</source>
        <translation>微调答案</translation>
    </message>
    <message>
        <source>pre-train on text</source>
        <translation>文本预训练</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Fine-tuned</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基座</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>Open model folder…</source>
        <translation>打开模型文件夹…</translation>
    </message>
    <message>
        <source>New tiny model…</source>
        <translation>新建微型模型…</translation>
    </message>
    <message>
        <source>Of the project; rejected samples only where a view asks for them</source>
        <translation>来自项目；仅当视图要求时才含已拒绝的样本</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>What the table is filtered to now</source>
        <translation>表格当前的筛选结果</translation>
    </message>
    <message>
        <source>Saved views</source>
        <translation>已保存的视图</translation>
    </message>
    <message>
        <source>One channel</source>
        <translation>单个通道</translation>
    </message>
    <message>
        <source>Files…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Files to learn</source>
        <translation>要学习的文件</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>New model · %1 parameters</source>
        <translation>新模型 · %1 个参数</translation>
    </message>
    <message>
        <source>New model from random weights</source>
        <translation>从随机权重新建模型</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>选择模型…</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 及另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (ready ids)</source>
        <translation>%1（现成 id）</translation>
    </message>
    <message>
        <source>Choose the data…</source>
        <translation>选择数据…</translation>
    </message>
    <message>
        <source>The whole project</source>
        <translation>整个项目</translation>
    </message>
    <message>
        <source>View “%1”</source>
        <translation>视图“%1”</translation>
    </message>
    <message>
        <source>Filter %1</source>
        <translation>筛选 %1</translation>
    </message>
    <message>
        <source>The loss is taken on the answers of conversations</source>
        <translation>在对话的回答上计算损失</translation>
    </message>
    <message>
        <source>The loss is taken on every token of plain text</source>
        <translation>在纯文本的每个词元上计算损失</translation>
    </message>
    <message>
        <source>prefer answers</source>
        <translation>偏好回答</translation>
    </message>
    <message>
        <source>Pairs of a better and a worse answer: direct preference optimisation (DPO)</source>
        <translation>较好与较差回答的成对数据：直接偏好优化（DPO）</translation>
    </message>
    <message>
        <source>all weights</source>
        <translation>全部权重</translation>
    </message>
    <message>
        <source>The model&apos;s own weights are trained</source>
        <translation>训练模型自身的权重</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>A low-rank adapter is trained; the model stays as it is</source>
        <translation>训练低秩适配器；模型保持不变</translation>
    </message>
    <message>
        <source>rsLoRA</source>
        <translation>rsLoRA</translation>
    </message>
    <message>
        <source>LoRA scaled by the root of its rank, for large ranks</source>
        <translation>按秩的平方根缩放的 LoRA，适合大的秩</translation>
    </message>
    <message>
        <source>DoRA</source>
        <translation>DoRA</translation>
    </message>
    <message>
        <source>LoRA that also learns the length of each row of a weight</source>
        <translation>还学习权重每行长度的 LoRA</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>训练对象</translation>
    </message>
</context>
<context>
    <name>assay::TrainDraft</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Below what is usual here (%1). %2</source>
        <translation>低于此处的常用范围（%1）。%2</translation>
    </message>
    <message>
        <source>Above what is usual here (%1). %2</source>
        <translation>高于此处的常用范围（%1）。%2</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>assay::TrainPanel</name>
    <message numerus="yes">
        <source>%n wrong</source>
        <translation>
            <numerusform>%n 项错误</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unusual</source>
        <translation>
            <numerusform>%n 项异常</numerusform>
        </translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>The tokens of the run stand here</source>
        <translation>运行的词元显示在此处</translation>
    </message>
    <message>
        <source>This run could not be made</source>
        <translation>无法建立此运行</translation>
    </message>
    <message>
        <source>Reading the rows</source>
        <translation>正在读取行</translation>
    </message>
    <message>
        <source>reading…</source>
        <translation>读取中…</translation>
    </message>
    <message>
        <source>%1 rows · %2 problems</source>
        <translation>%1 行 · %2 个问题</translation>
    </message>
    <message>
        <source>%1 rows · no problems</source>
        <translation>%1 行 · 没有问题</translation>
    </message>
    <message>
        <source>The data does not fit the model</source>
        <translation>数据与模型不匹配</translation>
    </message>
    <message>
        <source>Memory and time</source>
        <translation>内存与时间</translation>
    </message>
    <message>
        <source>They stand here once the rows have been read.</source>
        <translation>读取完各行后显示在此处。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Measure 3 steps</source>
        <translation>实测 3 步</translation>
    </message>
    <message>
        <source>Open a project first: its jobs folder keeps the run.</source>
        <translation>请先打开项目：运行保存在其 jobs 文件夹中。</translation>
    </message>
    <message>
        <source>The engine (assay-cli) is not installed on this machine, so nothing can be trained here.</source>
        <translation>本机未安装引擎（assay-cli），无法训练。</translation>
    </message>
    <message>
        <source>Copying the rows into the job folder…</source>
        <translation>正在将行复制到任务文件夹…</translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n more)</source>
        <translation>
            <numerusform>%1（及另外 %n 个）</numerusform>
        </translation>
    </message>
    <message>
        <source>The run would end at once: %1</source>
        <translation>运行会立即终止：%1</translation>
    </message>
    <message numerus="yes">
        <source>The run would end at once: %n row(s) have no trained token. Mend them, or let &quot;Rows without answer tokens&quot; skip them.</source>
        <translation>
            <numerusform>运行会立即终止：%n 行没有训练词元。请修正，或将“无答案词元的行”设为跳过。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The run would end at once: %n row(s) are longer than the longest sequence.</source>
        <translation>
            <numerusform>运行会立即终止：%n 行超过最大序列长度。</numerusform>
        </translation>
    </message>
    <message>
        <source>The run would end at once: no row is left to train on.</source>
        <translation>运行会立即终止：没有可训练的行。</translation>
    </message>
    <message>
        <source>The rows are copied into a job folder of their own; the run goes on without this window.</source>
        <translation>行会复制到单独的任务文件夹；关闭此窗口后运行仍会继续。</translation>
    </message>
    <message>
        <source>Starts the run now (Ctrl+Return)</source>
        <translation>立即启动运行（Ctrl+Return）</translation>
    </message>
    <message>
        <source>Runs it after those that wait</source>
        <translation>排在等待中的运行之后</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Press a value: what it means, what is usual for this model and this data, and where that comes from stand here. Values outside are pointed out, not forbidden.</source>
        <translation>点按某个值：此处会显示其含义、对此模型和数据的常用范围及其依据。超出范围的值会标出，但不禁止。</translation>
    </message>
    <message>
        <source>
Usual here: %1 to %2. %3</source>
        <translation>
此处常用：%1 至 %2。%3</translation>
    </message>
    <message>
        <source> (%1)</source>
        <translation> (%1)</translation>
    </message>
    <message>
        <source>
Usual: %1.</source>
        <translation>
常用：%1。</translation>
    </message>
    <message>
        <source>**Train** prepares a run. Choose the model, the data and the method on the left; below stand all parameters, with what is usual for this model and this data beside each.

On the right is what the run will really see, made by the same functions that train: **Labels** shows the exact tokens of every row, the trained ones on a tint and underlined, and counts what is wrong over all rows; **Batches** shows how rows are packed into steps; **Changes** compares with the newest run; **Spec** is the text that a job folder keeps.

**Measure 3 steps** runs a small real job in a temporary folder and sets its speed and memory beside the estimate.

**Launch** copies the rows into a job folder and starts a process of its own. The **queue** runs several one after another; both go on while the window is closed.</source>
        <translation>**训练** 用于准备一次运行。在左侧选择模型、数据和方法；下方是全部参数，每项旁边标有对此模型和数据的常用值。

右侧是运行实际会读到的内容，由训练所用的同一组函数生成：**标签** 显示每行的确切词元，训练的词元带底色和下划线，并统计所有行中的问题；**批次** 显示各行如何打包成步；**变化** 与最新运行比较；**Spec** 是任务文件夹保存的文本。

**实测 3 步** 在临时文件夹中运行一个真实的小任务，并将其速度和内存与估计值并列。

**启动** 将行复制到任务文件夹，并启动独立的进程。**队列** 依次执行多个运行；关闭窗口后两者都会继续。</translation>
    </message>
    <message>
        <source>**%1** (`%2`)

%3</source>
        <translation>**%1** (`%2`)

%3</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>reading rows %1 %</source>
        <translation>读取行 %1 %</translation>
    </message>
    <message>
        <source>tokenising %1 %</source>
        <translation>分词 %1 %</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新建运行</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>Launch</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Ctrl ⏎</source>
        <translation>Ctrl ⏎</translation>
    </message>
    <message>
        <source>What the run will see</source>
        <translation>运行会读到的内容</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>The exact tokens of every row, and which are trained</source>
        <translation>每行的确切词元，以及哪些参与训练</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>How rows are packed into steps</source>
        <translation>各行如何打包成步</translation>
    </message>
    <message>
        <source>changes</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>What differs from the newest run</source>
        <translation>与最新运行的差异</translation>
    </message>
    <message>
        <source>spec</source>
        <translation>spec</translation>
    </message>
    <message>
        <source>The text that the job folder keeps</source>
        <translation>任务文件夹保存的文本</translation>
    </message>
    <message>
        <source>The spec as JSON</source>
        <translation>JSON 格式的 spec</translation>
    </message>
    <message>
        <source>assay-cli train --spec FILE --job FOLDER runs the same</source>
        <translation>assay-cli train --spec FILE --job FOLDER 运行相同的任务</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>What it costs</source>
        <translation>开销</translation>
    </message>
    <message>
        <source>Runs three real steps on the first batches, in a temporary folder, and sets their speed and memory beside the estimate</source>
        <translation>在临时文件夹中用最前面的批次真实运行三步，并将其速度和内存与估计值并列</translation>
    </message>
    <message>
        <source>Launch the run</source>
        <translation>启动运行</translation>
    </message>
    <message>
        <source>Add the run to the queue</source>
        <translation>将运行加入队列</translation>
    </message>
    <message>
        <source>New tiny model…</source>
        <translation>新建微型模型…</translation>
    </message>
    <message>
        <source>Show the labels</source>
        <translation>显示标签</translation>
    </message>
    <message>
        <source>Show the batches</source>
        <translation>显示批次</translation>
    </message>
    <message>
        <source>Show what changed</source>
        <translation>显示变化</translation>
    </message>
    <message>
        <source>Show the spec</source>
        <translation>显示 spec</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>Next row with a problem</source>
        <translation>下一个有问题的行</translation>
    </message>
    <message>
        <source>Your own</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除预设</translation>
    </message>
    <message>
        <source>Save these parameters…</source>
        <translation>保存这些参数…</translation>
    </message>
    <message>
        <source>Save these parameters</source>
        <translation>保存这些参数</translation>
    </message>
    <message>
        <source>Name of the preset. Model, data and name of the run stay out of it.</source>
        <translation>预设名称。不含模型、数据和运行名称。</translation>
    </message>
    <message>
        <source>Training spec</source>
        <translation>训练 spec</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>估计</translation>
    </message>
</context>
</TS>
