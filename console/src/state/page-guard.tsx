import { Component, type ReactNode } from 'react';
import { connection } from '../client/connection.js';
import { ErrorState } from './error-state.js';
import { NotLoaded } from './not-loaded.js';

/** A page that fails leaves the frame standing. One that could not be loaded comes back with the connection. */
export class PageGuard extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };
  #unsubscribe = () => {};

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidMount() {
    this.#unsubscribe = connection.subscribe(() => {
      if (!connection.lost && this.state.error instanceof NotLoaded) this.#again();
    });
  }

  override componentWillUnmount() {
    this.#unsubscribe();
  }

  /** A browser does not ask twice for a script or style that failed; nobody loses what they typed on this page. */
  #again() {
    if (this.state.error instanceof NotLoaded) location.reload();
    else this.setState({ error: null });
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <ErrorState error={error} retry={() => this.#again()} />;
  }
}
